/* Block Kit, drawn whole. A kind that is not known is shown as such, never left out.

   A `scene` says where blocks stand: {name, level, act(block, element, value), held(block, element), fields,
   inForm}. In a form (a modal) inputs keep what is chosen until it is sent; elsewhere they act at once. */

import { confirmed } from "./confirm.js";
import { field, initialOf, inlineText, isInput, plain } from "./elements.js";
import { el, freshId, safeUrl } from "./dom.js";
import { acting } from "./notice.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const keyOf = (scene, block, element) => `${scene.name}/${block.block_id}/${element.action_id}`;
const unknown = (kind, what) => el("p", { class: "unknown" }, `${what} that cannot be shown here: ${kind}`);
const textOf = (text) => (text.type === "mrkdwn" ? mrkdwn(text.text) : [el("p", {}, plain(text))]);

async function act(scene, block, element, value, control, undo) {
  if (control.getAttribute("aria-busy")) return;
  if (element.confirm && !(await confirmed(element.confirm))) {
    undo?.();
    return;
  }
  control.setAttribute("aria-busy", "true");
  await acting(() => scene.act(block, element, value));
  control.removeAttribute("aria-busy");
}

/* Elements that are pressed */

function button(element, block, scene) {
  const attributes = {
    class: `button ${element.style ?? ""}`,
    "data-key": keyOf(scene, block, element),
    "aria-label": element.accessibility_label,
  };
  const press = (event) => act(scene, block, element, undefined, event.currentTarget);
  const href = safeUrl(element.url);
  if (href) return el("a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer", click: press }, plain(element.text));
  return el("button", { ...attributes, type: "button", click: press }, plain(element.text));
}

function overflow(element, block, scene) {
  const id = freshId();
  const list = el("ul", { id, class: "menu", hidden: true });
  const opener = el("button", {
    type: "button", class: "button", "data-key": keyOf(scene, block, element), "aria-expanded": "false", "aria-controls": id,
  }, "More options");
  function show(open) {
    list.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (!open) return;
    list.scrollIntoView({ block: "nearest" });
    list.querySelector("button, a").focus();
  }
  function choose(option) {
    show(false);
    opener.focus();
    act(scene, block, element, option.value, opener);
  }
  list.append(...element.options.map((option) => el("li", {}, (
    safeUrl(option.url)
      ? el("a", { href: option.url, target: "_blank", rel: "noopener noreferrer", click: () => choose(option) }, plain(option.text))
      : el("button", { type: "button", click: () => choose(option) }, plain(option.text))
  ), option.description && el("p", { class: "hint" }, plain(option.description)))));
  opener.addEventListener("click", () => show(list.hidden));
  const node = el("div", { class: "overflow" }, opener, list);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.stopPropagation();
    event.preventDefault();
    show(false);
    opener.focus();
  });
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !node.contains(event.relatedTarget)) show(false);
  });
  return node;
}

/** A picture only from this server: from elsewhere a page at work should not fetch. */
function picture(element) {
  const source = element.image_url ?? "";
  if (source.startsWith("data:image/") || source.startsWith("/") || source.startsWith(`${location.origin}/`)) {
    return el("img", { src: source, alt: element.alt_text });
  }
  return el("span", { class: "picture" }, `Picture: ${element.alt_text}`);
}

function input(element, block, scene, names = {}) {
  const dispatches = !scene.inForm || block.type !== "input" || block.dispatch_action;
  const made = field(element, {
    name: plain(element.placeholder) || "Choose",
    ...names,
    key: keyOf(scene, block, element),
    start: scene.held?.(block, element) ?? initialOf(element),
    changed: dispatches ? (value, undo) => act(scene, block, element, value, made.control, undo) : null,
  });
  scene.fields?.push({ block, element, asked: block.type === "input", ...made });
  return made.node;
}

function drawElement(element, block, scene, names) {
  if (element.type === "button") return button(element, block, scene);
  if (element.type === "overflow") return overflow(element, block, scene);
  if (element.type === "image") return picture(element);
  if (isInput(element)) return input(element, block, scene, names);
  return unknown(element.type, "A control");
}

/* Blocks */

function section(block, scene) {
  const id = freshId();
  const text = block.text && el("div", { class: "text", id }, textOf(block.text));
  const fields = block.fields && el("div", { class: "fields" }, block.fields.map((one) => el("div", {}, textOf(one))));
  const accessory = block.accessory && el(
    "div",
    { class: "accessory" },
    drawElement(block.accessory, block, scene, { labelledBy: text ? id : null }),
  );
  return el("div", { class: "section" }, el("div", { class: "main" }, text, fields), accessory);
}

const drawings = {
  header: (block, scene) => el(`h${scene.level}`, { class: "header" }, plain(block.text)),
  section,
  divider: () => el("hr"),
  actions: (block, scene) => el("div", { class: "actions" }, block.elements.map((element) => drawElement(element, block, scene))),
  context: (block) => el("div", { class: "context" }, block.elements.map((element) => (
    element.type === "image" ? picture(element) : el("span", {}, inlineText(element))
  ))),
  image: (block) => el("figure", {}, block.title && el("figcaption", {}, plain(block.title)), picture(block)),
  input: (block, scene) => (
    isInput(block.element)
      ? input(block.element, block, scene, { label: block.label, hint: block.hint, optional: block.optional })
      : unknown(block.element.type, "A question")
  ),
  rich_text: (block) => el("div", { class: "text" }, richText(block)),
  markdown: (block) => el("div", { class: "text" }, el("p", {}, block.text)),
};

export function drawBlocks(blocks, scene) {
  return blocks.map((block) => el(
    "div",
    { class: `block block-${block.type}` },
    drawings[block.type]?.(block, scene) ?? unknown(block.type, "A block"),
  ));
}

export const drawText = (text) => el("div", { class: "block text" }, mrkdwn(text));
