/* Rich text blocks. */

import { nameOf } from "./directory.js";
import { el } from "./dom.js";
import { formatDate } from "./london.js";
import { link, mention } from "./mrkdwn.js";

const styleTags = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

const pieces = {
  text: (piece) => piece.text,
  link: (piece) => link(piece.url, piece.text ?? piece.url),
  user: (piece) => mention(`@${nameOf(piece.user_id)}`),
  usergroup: (piece) => mention(`@${piece.usergroup_id}`),
  channel: (piece) => mention(`#${nameOf(piece.channel_id)}`),
  broadcast: (piece) => mention(`@${piece.range}`),
  emoji: (piece) => `:${piece.name}:`,
  date: (piece) => el("time", {}, formatDate(piece.timestamp, piece.format, piece.fallback ?? "")),
  color: (piece) => piece.value,
};

function run(piece) {
  const drawn = pieces[piece.type]?.(piece) ?? `(a kind of text that is not known here: ${piece.type})`;
  return Object.keys(styleTags)
    .filter((style) => piece.style?.[style])
    .reduce((inside, style) => el(styleTags[style], {}, inside), drawn);
}

const runs = (part) => (part.elements ?? []).map(run);

const parts = {
  rich_text_section: (part) => el("p", {}, runs(part)),
  rich_text_quote: (part) => el("blockquote", {}, el("p", {}, runs(part))),
  rich_text_preformatted: (part) => el("pre", {}, el("code", {}, runs(part))),
  rich_text_list: (part) => el(
    part.style === "ordered" ? "ol" : "ul",
    { class: `indent-${Math.min(part.indent ?? 0, 4)}`, start: part.offset ? part.offset + 1 : null },
    part.elements.map((item) => el("li", {}, runs(item))),
  ),
};

export function richText(block) {
  return block.elements.map((part) => (
    parts[part.type]?.(part) ?? el("p", { class: "unknown" }, `A part that is not known here: ${part.type}`)
  ));
}
