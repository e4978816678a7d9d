/* Block Kit's input elements, each drawn as a field: {node, control, read, showError}. `control` takes the
   focus; `read` gives what is chosen as the control API has it.

   A maker gets the element and `from`: {id, key, name, labelledBy, describedBy, start, changed, top}. */

import { directory } from "./directory.js";
import { el, freshId, unseen } from "./dom.js";
import { inline, unescaped } from "./mrkdwn.js";

export const plain = (text) => unescaped(text?.text ?? "");
export const inlineText = (text) => (text?.type === "mrkdwn" ? inline(text.text) : [plain(text)]);

const naming = ({ id, key, name, labelledBy, describedBy }) => ({
  id, "data-key": key, "aria-labelledby": labelledBy, "aria-label": name, "aria-describedby": describedBy.join(" ") || null,
});

/** Tells of each change, with a way to take it back. */
function watch(node, { changed }, read, write) {
  let last = read();
  if (changed) {
    node.addEventListener("change", () => {
      const before = last;
      last = read();
      if (last !== "") {
        changed(last, () => {
          last = before;
          write(before);
        });
      }
    });
  }
}

/* Text, dates and times */

function counter(control, limit, id) {
  const line = el("p", { class: "counter", id });
  const spoken = el("span", { class: "unseen", role: "status" });
  let later;
  function count() {
    const left = limit - control.value.length;
    const characters = Math.abs(left) === 1 ? "character" : "characters";
    line.textContent = left < 0 ? `You have ${-left} ${characters} too many` : `You have ${left} ${characters} remaining`;
    line.classList.toggle("too-many", left < 0);
    clearTimeout(later);
    if (document.activeElement === control) later = setTimeout(() => { spoken.textContent = line.textContent; }, 1000);
  }
  control.addEventListener("input", count);
  count();
  return [line, spoken];
}

const typed = (attributes, tag = "input") => (element, from) => {
  const counterId = element.max_length ? freshId() : null;
  const describedBy = [...from.describedBy, counterId].filter(Boolean);
  const control = el(tag, { ...naming({ ...from, describedBy }), ...attributes, placeholder: plain(element.placeholder) || null });
  control.value = from.start ?? "";
  const read = () => control.value;
  if (attributes.type !== "text") watch(control, from, read, (value) => { control.value = value; });
  else if (from.changed) {
    control.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      from.changed(read());
    });
  }
  return { control, read, below: counterId ? counter(control, element.max_length, counterId) : [] };
};

const singleLine = typed({ type: "text" });
const multiLine = typed({ rows: 4 }, "textarea");
const number = (element, from) => typed({
  type: "number", min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : 1,
  inputmode: element.is_decimal_allowed ? "decimal" : "numeric",
})(element, from);

/* One of many */

const people = () => [...directory.people, ...directory.others].map(({ id, name, title }) => ({
  value: id, text: { type: "plain_text", text: title ? `${name}, ${title}` : name },
}));
const ofOption = ({ value, text }) => el("option", { value }, plain(text));
const ofElement = (element) => (
  element.options?.map(ofOption)
  ?? element.option_groups.map((group) => el("optgroup", { label: plain(group.label) }, group.options.map(ofOption)))
);

const select = (optionsOf) => (element, from) => {
  const nothing = el("option", { value: "" }, plain(element.placeholder) || "Choose one");
  const control = el("select", naming(from), nothing, optionsOf(element));
  const read = () => control.value;
  const write = (value) => { control.value = value ?? ""; };
  write(from.start);
  watch(control, from, read, write);
  return { control, read, below: [] };
};

/* Radio buttons and checkboxes */

function choiceOf(option, type, name, key) {
  const described = option.description && el("span", { class: "description", id: freshId() }, inlineText(option.description));
  const box = el("input", { type, name, value: option.value, "data-key": `${key}/${option.value}`, "aria-describedby": described?.id });
  return { box, node: el("div", { class: "choice" }, el("label", {}, box, el("span", {}, inlineText(option.text))), described) };
}

const choices = (type) => (element, from) => {
  const name = freshId();
  const made = element.options.map((option) => choiceOf(option, type, name, from.key));
  const boxes = made.map(({ box }) => box);
  const read = () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    return type === "radio" ? chosen[0] ?? "" : chosen;
  };
  const write = (value) => boxes.forEach((box) => { box.checked = [value].flat().includes(box.value); });
  write(from.start);
  const set = el(
    "fieldset",
    { ...naming(from), "data-key": null },
    from.top,
    el("div", { class: made.length > 7 ? "long" : null }, made.map(({ node }) => node)),
  );
  watch(set, from, read, write);
  return { control: boxes[0], set, read, below: [] };
};

const kinds = {
  plain_text_input: (element, from) => (element.multiline ? multiLine : singleLine)(element, from),
  number_input: number,
  datepicker: typed({ type: "date" }),
  timepicker: typed({ type: "time" }),
  static_select: select(ofElement),
  users_select: select(() => people().map(ofOption)),
  radio_buttons: choices("radio"),
  checkboxes: choices("checkbox"),
  multi_static_select: choices("checkbox"),
};

const sets = new Set(["radio_buttons", "checkboxes", "multi_static_select"]);

export const isInput = (element) => element.type in kinds;

/** What the bot wants an element to start with. */
export function initialOf(element) {
  return element.initial_value ?? element.initial_option?.value ?? element.initial_options?.map(({ value }) => value)
    ?? element.initial_date ?? element.initial_time ?? element.initial_user ?? null;
}

/** A field; with a `label` also its label, hint and a place for its error. */
export function field(element, { label, hint, optional, name, labelledBy, ...from }) {
  const id = freshId();
  const isSet = sets.has(element.type);
  const hintLine = hint && el("p", { class: "hint", id: freshId() }, plain(hint));
  const error = el("p", { class: "error", id: freshId(), hidden: true });
  const text = label && el(isSet ? "legend" : "label", { for: isSet ? null : id }, plain(label), optional && el("span", { class: "optional" }, " (optional)"));
  const top = [text, hintLine, error];
  const made = kinds[element.type](element, {
    ...from, id, top, labelledBy: label ? null : labelledBy, name: label || labelledBy ? null : name,
    describedBy: [hintLine?.id, error.id].filter(Boolean),
  });
  const node = el("div", { class: "field" }, made.set ?? [top, made.control], made.below);
  return {
    node,
    control: made.control,
    read: made.read,
    showError(sentence) {
      error.replaceChildren(...(sentence ? [unseen("Error: "), sentence] : []));
      error.hidden = !sentence;
      node.classList.toggle("has-error", Boolean(sentence));
      for (const control of made.set?.querySelectorAll("input") ?? [made.control]) {
        if (sentence) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
    },
  };
}
