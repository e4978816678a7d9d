/* Slack's mrkdwn, drawn as elements. */

import { nameOf } from "./directory.js";
import { el, safeUrl } from "./dom.js";
import { formatDate } from "./london.js";

const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
export const unescaped = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity]);

const styled = (mark) => `(?<![\\w${mark}])\\${mark}(?=\\S)((?:<[^<>\\n]*>|[^\\${mark}\\n])+)(?<=\\S)\\${mark}(?![\\w${mark}])`;
const inlineMarks = new RegExp(`<([^<>\\n]+)>|\`([^\`\\n]+)\`|${styled("*")}|${styled("_")}|${styled("~")}`, "g");

export function link(url, ...content) {
  const href = safeUrl(url);
  if (!href) return el("span", {}, content);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, content);
}

export const mention = (text) => el("span", { class: "mention" }, text);

function angled(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : unescaped(inside.slice(bar + 1));
  if (target.startsWith("@")) return mention(`@${label ?? nameOf(target.slice(1))}`);
  if (target.startsWith("#")) return mention(`#${label ?? nameOf(target.slice(1))}`);
  if (target.startsWith("!date^")) {
    const [, seconds, pattern, url] = target.split("^");
    const text = formatDate(seconds, pattern ?? "", label ?? "");
    return url ? link(url, text) : el("time", {}, text);
  }
  if (target.startsWith("!")) return mention(label ?? `@${target.slice(1)}`);
  const url = unescaped(target);
  return link(url, label ?? url.replace(/^mailto:/, ""));
}

/** One run of text with its marks, fit for inside a paragraph or a label. */
export function inline(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(inlineMarks)) {
    const [whole, angle, code, bold, italic, strike] = match;
    nodes.push(unescaped(text.slice(last, match.index)));
    if (angle !== undefined) nodes.push(angled(angle));
    else if (code !== undefined) nodes.push(el("code", {}, unescaped(code)));
    else if (bold !== undefined) nodes.push(el("strong", {}, inline(bold)));
    else if (italic !== undefined) nodes.push(el("em", {}, inline(italic)));
    else nodes.push(el("s", {}, inline(strike)));
    last = match.index + whole.length;
  }
  nodes.push(unescaped(text.slice(last)));
  return nodes.filter((node) => node !== "");
}

const lineKinds = [
  ["quote", /^(?:&gt;|>) ?/],
  ["bullet", /^\s*[•◦*-] +/],
  ["blank", /^\s*$/],
  ["text", /^/],
];

function groups(lines) {
  const found = [];
  for (const line of lines) {
    const [kind, start] = lineKinds.find(([, pattern]) => pattern.test(line));
    if (found.at(-1)?.kind !== kind) found.push({ kind, lines: [] });
    found.at(-1).lines.push(line.replace(start, ""));
  }
  return found;
}

function prose(text) {
  return groups(text.replace(/^\n+|\n+$/g, "").split("\n")).map(({ kind, lines }) => {
    if (kind === "quote") return el("blockquote", {}, el("p", {}, inline(lines.join("\n"))));
    if (kind === "bullet") return el("ul", {}, lines.map((line) => el("li", {}, inline(line))));
    if (kind === "text") return el("p", {}, inline(lines.join("\n")));
    return null;
  });
}

/** A whole text: paragraphs, quotes, lists and blocks of code. */
export function mrkdwn(text) {
  const pieces = text.split(/```\n?([\s\S]*?)\n?```/);
  return pieces.flatMap((piece, index) => (
    index % 2 ? [el("pre", {}, el("code", {}, unescaped(piece)))] : prose(piece)
  )).filter(Boolean);
}
