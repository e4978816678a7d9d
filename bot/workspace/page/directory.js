/* Who is who: the names that ids stand for. */

export const directory = { people: [], others: [], names: new Map() };

export const nameOf = (id) => directory.names.get(id) ?? id;
export const isPerson = (id) => directory.people.some((person) => person.id === id);

/** `others` can be chosen in a menu, but nobody can be them: apps, and members of another organisation. */
export function setPeople(people, others) {
  directory.people = people;
  directory.others = others;
  for (const { id, name } of [...people, ...others]) directory.names.set(id, name);
}
