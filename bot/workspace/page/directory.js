/* Who is who: the names that ids stand for. */

export const directory = { people: [], names: new Map() };

export const nameOf = (id) => directory.names.get(id) ?? id;
export const isPerson = (id) => directory.people.some((person) => person.id === id);

export function setPeople(people) {
  directory.people = people;
  for (const { id, name } of people) directory.names.set(id, name);
}
