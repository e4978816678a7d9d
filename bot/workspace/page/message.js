/* One message, drawn whole. */

import { api } from "./api.js";
import { drawBlocks, drawText } from "./blocks.js";
import { el, freshId } from "./dom.js";
import { dayOf, timeOf } from "./london.js";

export const instantOf = (ts) => new Date(Number(ts) * 1000);
const initials = (name) => name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
const tint = (id) => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5;

function drawFile({ title, mimetype, alt, url, name }) {
  const shown = mimetype.startsWith("image/") && el("img", { src: url, alt: alt || title });
  return el("figure", { class: "block" }, el("figcaption", {}, el("a", { href: url, download: name }, title)), shown);
}

/** `answerInThread` is what ‘Start a thread’ does; without one there is no such button. */
export function drawMessage(message, { user, channel, answerInThread }) {
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
      message.blocks?.length ? drawBlocks(message.blocks, scene) : drawText(message.text ?? ""),
      message.files?.map(drawFile),
      answerInThread && !message.ephemeral && el("button", {
        type: "button", class: "quiet answer", "data-key": `answer/${message.ts}`, "aria-describedby": from, click: answerInThread,
      }, "Start a thread")),
  );
}
