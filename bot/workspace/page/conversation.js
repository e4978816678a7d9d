/* One conversation: its messages, oldest first, kept up to date. */

import { api } from "./api.js";
import { directory } from "./directory.js";
import { el, keepingFocus, oneAtATime } from "./dom.js";
import { dayOf } from "./london.js";
import { drawMessage, instantOf } from "./message.js";
import { reading } from "./notice.js";
import { createThread } from "./thread.js";

const page = 50;

/** Puts the nodes in order while touching only what changed, so that only that is read out. */
function place(log, nodes) {
  const staying = new Set(nodes);
  for (const old of [...log.children]) if (!staying.has(old)) old.remove();
  let next = log.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else log.insertBefore(node, next);
  }
}

export function createConversation(user, channel) {
  const earlier = el("button", { type: "button", class: "button earlier", hidden: true, click: () => showEarlier({ pressed: true }) }, "Show earlier messages");
  const empty = el("p", { class: "empty" }, "No messages yet.");
  const newLine = el("div", { class: "new" }, el("span", {}, "New"));
  const log = el("div", { role: "log", "aria-label": "Conversation", tabindex: "0", class: "log" });
  const below = el("button", { type: "button", class: "button below", hidden: true, click: toEnd }, "New messages below");
  const node = el("div", { class: "conversation" }, log, below);
  const drawn = new Map();
  const days = new Map();
  const threads = new Map();
  let messages = [];
  let hasMore = false;
  let firstNew; // the first message that had not been read when the conversation was opened; null for none

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 60;

  /** To the last message; to its beginning, where it is longer than what can be seen. */
  function toEnd() {
    const last = log.lastElementChild;
    log.scrollTop = last.offsetHeight > log.clientHeight ? last.offsetTop - log.offsetTop : log.scrollHeight;
    below.hidden = true;
  }

  log.addEventListener("scroll", () => {
    if (atEnd()) below.hidden = true;
    else if (log.scrollTop < 200 && hasMore) showEarlier({ pressed: false });
  }, { passive: true });

  function articleOf(message) {
    const before = drawn.get(message.ts);
    if (before?.message === message) return before.article;
    const text = JSON.stringify(message);
    const article = before?.text === text ? before.article : drawMessage(message, {
      user, channel, answerInThread: () => { threadOf(message.ts); draw(); threadOf(message.ts).answer(); },
    });
    drawn.set(message.ts, { message, text, article });
    return article;
  }

  function threadOf(root) {
    if (!threads.has(root)) threads.set(root, createThread(user, channel, root, () => refresh()));
    return threads.get(root);
  }

  function dividerOf(day) {
    if (!days.has(day)) days.set(day, el("h3", { class: "day" }, el("span", {}, day)));
    return days.get(day);
  }

  /** Replies go below their message, wherever that is shown. */
  function grouped() {
    const shown = new Set(messages.map(({ ts }) => ts));
    const replies = new Map();
    const roots = [];
    for (const message of messages) {
      const root = message.thread_ts;
      if (!root || root === message.ts || !shown.has(root)) roots.push(message);
      else replies.set(root, [...replies.get(root) ?? [], message]);
    }
    return { roots, replies };
  }

  function draw() {
    const { roots, replies } = grouped();
    const nodes = [earlier];
    let day = null;
    roots.forEach((message, index) => {
      if (dayOf(instantOf(message.ts)) !== day) {
        day = dayOf(instantOf(message.ts));
        nodes.push(dividerOf(day));
      }
      if (message.ts === firstNew && index > 0) nodes.push(newLine);
      nodes.push(articleOf(message));
      const answers = replies.get(message.ts);
      if (answers || threads.has(message.ts)) {
        threadOf(message.ts).draw(answers ?? []);
        nodes.push(threadOf(message.ts).node);
      }
    });
    if (!messages.length) nodes.push(empty);
    earlier.hidden = !hasMore;
    keepingFocus(log, () => place(log, nodes));
  }

  const refresh = oneAtATime(() => reading(async () => {
    const limit = Math.min(200, Math.max(page, messages.length));
    const answer = await api.messages(user, channel, { limit });
    for (const { user: id, name } of answer.messages) directory.names.set(id, name);
    const pinned = atEnd();
    const newest = messages.at(-1)?.ts;
    const oldest = Number(answer.messages[0]?.ts ?? 0);
    // Where so much came at once that something between is missing, what was read before is read again later.
    const joined = answer.messages.some(({ ts }) => ts === newest);
    const older = joined && answer.has_more ? messages.filter(({ ts }) => Number(ts) < oldest) : [];
    if (!older.length) hasMore = answer.has_more;
    if (firstNew === undefined) firstNew = answer.messages.find(({ ts, user: by }) => ts > answer.read_up_to && by !== user)?.ts ?? null;
    messages = [...older, ...answer.messages];
    draw();
    if (pinned) toEnd();
    else if (messages.at(-1)?.ts !== newest) below.hidden = false;
  }));

  const readEarlier = oneAtATime(() => reading(async () => {
    const answer = await api.messages(user, channel, { limit: page, before: messages[0].ts });
    const height = log.scrollHeight;
    messages = [...answer.messages, ...messages];
    hasMore = answer.has_more;
    draw();
    log.scrollTop += log.scrollHeight - height;
  }));

  async function showEarlier({ pressed }) {
    await readEarlier();
    if (pressed) log.focus();
  }

  return { node, refresh, toEnd };
}
