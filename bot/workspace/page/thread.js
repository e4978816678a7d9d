/* The replies below one message, folded away until they are asked for. */

import { createComposer } from "./composer.js";
import { el, freshId } from "./dom.js";
import { drawMessage, instantOf } from "./message.js";
import { timeOf } from "./london.js";

export function createThread(user, channel, root, sent) {
  const id = freshId();
  const list = el("div", { class: "replies" });
  const composer = createComposer({ user, channel, name: "this thread", threadTs: root, sent });
  const inside = el("div", { id, hidden: true }, list, composer.node);
  const toggle = el("button", {
    type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": id, "data-key": `thread/${root}`, click: () => show(inside.hidden),
  });
  const node = el("div", { class: "thread", role: "group", "aria-label": "Thread" }, toggle, inside);
  const drawn = new Map();

  function show(open) {
    inside.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  }

  return {
    node,
    draw(replies) {
      const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
      toggle.textContent = replies.length ? `${count}, the last at ${timeOf(instantOf(replies.at(-1).ts))}` : "No replies yet";
      const articles = replies.map((message) => {
        const text = JSON.stringify(message);
        if (drawn.get(message.ts)?.text !== text) drawn.set(message.ts, { text, article: drawMessage(message, { user, channel }) });
        return drawn.get(message.ts).article;
      });
      list.replaceChildren(...articles);
    },
    answer() {
      show(true);
      composer.focus();
    },
  };
}
