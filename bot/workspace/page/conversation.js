/* One conversation: its messages, oldest first, kept up to date. */

import { api } from "./api.js";
import { drawBlocks, drawText } from "./blocks.js";
import { directory } from "./directory.js";
import { el, freshId, keepingFocus, oneAtATime } from "./dom.js";
import { dayOf, timeOf } from "./london.js";
import { reading } from "./notice.js";

const page = 50;
const instantOf = (ts) => new Date(Number(ts) * 1000);
const initials = (name) => name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
const tint = (id) => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5;

function drawFile({ title, mimetype, alt, url, name }) {
  const shown = mimetype.startsWith("image/") && el("img", { src: url, alt: alt || title });
  return el("figure", { class: "block" }, el("figcaption", {}, el("a", { href: url, download: name }, title)), shown);
}

function drawMessage(message, user, channel) {
  const at = instantOf(message.ts);
  const from = freshId();
  const scene = {
    name: `message/${message.ts}`,
    level: 4,
    held: (block, element) => message.values?.[block.block_id]?.[element.action_id],
    act: (block, element, value) => api.act(user, channel, {
      ts: message.ts, block_id: block.block_id, action_id: element.action_id, value,
    }),
  };
  return el(
    "article",
    { class: message.ephemeral ? "message ephemeral" : "message", "aria-labelledby": from, "data-ts": message.ts },
    el("div", { class: `avatar ${message.bot ? "bot" : `tint-${tint(message.user)}`}`, "aria-hidden": "true" }, initials(message.name)),
    el("div", { class: "said" },
      el("p", { class: "from", id: from },
        el("strong", {}, message.name),
        message.bot && el("span", { class: "tag" }, "App"),
        " ",
        el("time", { datetime: at.toISOString(), title: dayOf(at) }, timeOf(at)),
        message.edited && el("span", { class: "edited" }, " (edited)")),
      message.ephemeral && el("p", { class: "only-you" }, "Only you can see this"),
      message.thread_ts && message.thread_ts !== message.ts && el("p", { class: "hint" }, "A reply in a thread"),
      message.blocks?.length ? drawBlocks(message.blocks, scene) : drawText(message.text ?? ""),
      message.files?.map(drawFile)),
  );
}

export function createConversation(user, channel) {
  const earlier = el("button", { type: "button", class: "button", hidden: true, click: showEarlier }, "Show earlier messages");
  const empty = el("p", { class: "empty" }, "No messages yet.");
  const log = el("div", { role: "log", "aria-label": "Conversation", tabindex: "0", class: "log" });
  const below = el("button", { type: "button", class: "button below", hidden: true, click: toEnd }, "New messages below");
  const node = el("div", { class: "conversation" }, log, below);
  let messages = [];
  let hasMore = false;
  const drawn = new Map();

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 60;

  function toEnd() {
    log.scrollTop = log.scrollHeight;
    below.hidden = true;
  }

  log.addEventListener("scroll", () => { if (atEnd()) below.hidden = true; }, { passive: true });

  function articleOf(message) {
    const text = JSON.stringify(message);
    const before = drawn.get(message.ts);
    if (before?.text === text) return before.article;
    const article = drawMessage(message, user, channel);
    drawn.set(message.ts, { text, article });
    return article;
  }

  function dividerOf(day) {
    return [...log.querySelectorAll(":scope > .day")].find(({ dataset }) => dataset.day === day)
      ?? el("h3", { class: "day", "data-day": day }, el("span", {}, day));
  }

  /** Puts the nodes in order while touching only what changed, so that only that is read out. */
  function place(nodes) {
    for (const old of [...log.children]) if (!nodes.includes(old)) old.remove();
    nodes.forEach((one, index) => {
      if (log.children[index] !== one) log.insertBefore(one, log.children[index] ?? null);
    });
  }

  function draw() {
    const nodes = [earlier];
    let day = null;
    for (const message of messages) {
      if (dayOf(instantOf(message.ts)) !== day) {
        day = dayOf(instantOf(message.ts));
        nodes.push(dividerOf(day));
      }
      nodes.push(articleOf(message));
    }
    if (!messages.length) nodes.push(empty);
    earlier.hidden = !hasMore;
    keepingFocus(log, () => place(nodes));
  }

  const refresh = oneAtATime(() => reading(async () => {
    const limit = Math.min(200, Math.max(page, messages.length + 10));
    const answer = await api.messages(user, channel, { limit });
    for (const { user: id, name } of answer.messages) directory.names.set(id, name);
    const pinned = atEnd();
    const newest = messages.at(-1)?.ts;
    const oldest = Number(answer.messages[0]?.ts ?? 0);
    const older = answer.has_more ? messages.filter(({ ts }) => Number(ts) < oldest) : [];
    if (!older.length) hasMore = answer.has_more;
    messages = [...older, ...answer.messages];
    draw();
    if (pinned) toEnd();
    else if (messages.at(-1)?.ts !== newest) below.hidden = false;
  }));

  async function showEarlier() {
    await reading(async () => {
      const answer = await api.messages(user, channel, { limit: page, before: messages[0].ts });
      const height = log.scrollHeight;
      messages = [...answer.messages, ...messages];
      hasMore = answer.has_more;
      draw();
      log.scrollTop += log.scrollHeight - height;
      log.focus();
    });
  }

  return { node, refresh, toEnd };
}
