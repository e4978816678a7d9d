/* The left column: who a person can be, and where they can go. */

import { el, freshId, keepingFocus, unseen } from "./dom.js";

const shown = 40;

function unreadMark(count, id) {
  if (!count) return null;
  return el("span", { class: "unread", id }, String(count), unseen(" unread"));
}

function personLine({ id, name, title, unread }, current, choose) {
  const titleId = freshId();
  const unreadId = freshId();
  const button = el(
    "button",
    {
      type: "button", "data-key": `person/${id}`, "aria-current": id === current ? "true" : null,
      "aria-describedby": [title && titleId, unread && unreadId].filter(Boolean).join(" ") || null, click: () => choose(id),
    },
    name,
  );
  return el("li", {}, button, unreadMark(unread, unreadId), title && el("span", { class: "title", id: titleId }, title));
}

/** The first people whose name or title has these words, and the one who somebody is, wherever they come. */
export function peopleFound(people, words, current = null) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = people.filter(({ name, title }) => wanted.every((word) => `${name} ${title}`.toLowerCase().includes(word)));
  const first = found.slice(0, shown);
  const me = wanted.length ? null : people.find(({ id }) => id === current);
  return { first: me && !first.includes(me) ? [me, ...first.slice(0, -1)] : first, more: found.length - first.length };
}

export const manyPeople = (people) => people.length > 12;

export function drawPeople(list, { people, words, current, choose }) {
  const { first, more } = peopleFound(people, words, current);
  keepingFocus(list, () => list.replaceChildren(
    ...first.map((person) => personLine(person, current, choose)),
    ...(more ? [el("li", { class: "hint" }, `And ${more} more. Type above to find somebody.`)] : []),
    ...(first.length ? [] : [el("li", { class: "hint" }, "Nobody is called that.")]),
  ));
  if (list.dataset.current === current) return;
  list.dataset.current = current;
  list.querySelector("[aria-current]")?.closest("li").scrollIntoView({ block: "nearest" });
}

export const nameInList = ({ kind, name }) => (kind === "channel" ? `#${name}` : name);

export function drawConversations(list, { conversations, hrefOf, current }) {
  const link = ({ id, name, unread }) => el("li", {}, el(
    "a",
    {
      href: hrefOf(id), "data-key": `place/${id}`, class: unread ? "has-unread" : null,
      "aria-current": id === current ? "page" : null,
    },
    el("span", {}, name),
    unreadMark(unread),
  ));
  keepingFocus(list, () => list.replaceChildren(
    link({ id: "home", name: "Home", unread: 0 }),
    ...conversations.map((one) => link({ ...one, name: nameInList(one) })),
  ));
}
