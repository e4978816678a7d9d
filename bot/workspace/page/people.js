/* The left column: who a person can be, and where they can go. */

import { el, freshId, keepingFocus, unseen } from "./dom.js";

function unreadMark(count, id) {
  if (!count) return null;
  return el("span", { class: "unread", id }, String(count), unseen(" unread"));
}

export function drawPeople(list, { people, current, choose }) {
  keepingFocus(list, () => list.replaceChildren(...people.map(({ id, name, title, unread }) => {
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
  })));
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

/** What stands in the middle until somebody is chosen. */
export function drawWelcome({ people, workspace, hrefOf }) {
  return el("div", { class: "welcome" },
    el("h2", {}, "Choose who you are"),
    el("p", {}, `This is ${workspace}, a stand-in for Slack that runs on this computer. You can be any of these people, and change at any time.`),
    el("ul", { class: "cards" }, people.map(({ id, name, title }) => el(
      "li",
      {},
      el("a", { href: hrefOf(id) }, title || name),
      title && el("span", { class: "title" }, name),
    ))));
}
