/* Block Kit's input elements. Each becomes {node, read, write, control}: what to place, how to read and
   set what was chosen (as the control API has it), and the control that takes the focus.

   `from` says what they start with and are called: {id, key, start, label, labelledBy, describedBy, changed}.
   `label` is a text object to be drawn with the element; without it, `labelledBy` or `name` gives the name. */

import { directory } from "./directory.js";
import { el, freshId, unseen } from "./dom.js";
import { instantAt, wallTime } from "./london.js";
import { inline, unescaped } from "./mrkdwn.js";

export const plain = (text) => unescaped(text?.text ?? "");
export const inlineText = (text) => (text?.type === "mrkdwn" ? inline(text.text) : [plain(text)]);

const naming = (from) => ({
  id: from.id,
  "data-key": from.key,
  "aria-labelledby": from.label ? null : from.labelledBy,
  "aria-label": from.label || from.labelledBy ? null : from.name,
  "aria-describedby": from.describedBy?.join(" ") || null,
});

/* Text */

function counter(element, control) {
  const limit = element.max_length;
  const line = el("p", { class: "counter", id: freshId() });
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
  return { line, spoken, count };
}

function typed(attributes, tag = "input") {
  return (element, from) => {
    const control = el(tag, { ...naming(from), ...attributes, placeholder: plain(element.placeholder) || null });
    control.value = from.start ?? "";
    const counted = element.max_length ? counter(element, control) : null;
    if (from.changed && attributes.type === "text") {
      control.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        from.changed(control.value);
      });
    } else if (from.changed) {
      control.addEventListener("change", () => from.changed(control.value));
    }
    return {
      node: counted ? [control, counted.line, counted.spoken] : [control],
      control,
      read: () => control.value || null,
      write: (value) => {
        control.value = value ?? "";
        counted?.count();
      },
    };
  };
}

const singleLine = typed({ type: "text" });
const multiLine = typed({ rows: 4 }, "textarea");

function dateAndTime(element, from) {
  const seconds = (value) => (value ? instantAt(value).getTime() / 1000 : null);
  const wall = (start) => (start ? wallTime(new Date(start * 1000)) : "");
  const inner = typed({ type: "datetime-local" })(element, {
    ...from, start: wall(from.start), changed: from.changed && ((value) => from.changed(seconds(value))),
  });
  return { ...inner, read: () => seconds(inner.control.value), write: (value) => inner.write(wall(value)) };
}

/** Tells of each change, with a way to take it back. */
function tellingOf(from, read, write) {
  let last = read();
  return () => {
    const before = last;
    last = read();
    if (last !== null) {
      from.changed?.(last, () => {
        last = before;
        write(before);
      });
    }
  };
}

/* One of many */

const ofOption = (option) => el("option", { value: option.value }, plain(option.text));

function select(choicesOf) {
  return (element, from) => {
    const control = el(
      "select",
      naming(from),
      el("option", { value: "" }, plain(element.placeholder) || "Choose one"),
      choicesOf(element),
    );
    const read = () => control.value || null;
    const write = (value) => { control.value = value ?? ""; };
    write(from.start);
    control.addEventListener("change", tellingOf(from, read, write));
    return { node: [control], control, read, write };
  };
}

const people = () => directory.people.map(({ id, name, title }) => ({
  value: id, text: { type: "plain_text", text: title ? `${name}, ${title}` : name },
}));
const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

const staticSelect = select((element) => (
  element.options?.map(ofOption)
  ?? (element.option_groups ?? []).map((group) => el("optgroup", { label: plain(group.label) }, group.options.map(ofOption)))
));
const usersSelect = select(() => people().map(ofOption));

/* Radio buttons, checkboxes, and selects of many, which are checkboxes too */

function choiceOf(option, type, name, key) {
  const described = option.description && el("span", { class: "description", id: freshId() }, inlineText(option.description));
  const box = el("input", { type, name, value: option.value, "data-key": `${key}/${option.value}`, "aria-describedby": described?.id });
  return { box, node: el("div", { class: "choice" }, el("label", {}, box, el("span", {}, inlineText(option.text))), described) };
}

function choices(type, options) {
  return (element, from) => {
    const name = freshId();
    const made = options(element).map((option) => choiceOf(option, type, name, from.key));
    const boxes = made.map(({ box }) => box);
    const many = type === "checkbox";
    const read = () => {
      const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
      return many ? chosen : chosen[0] ?? null;
    };
    const write = (value) => boxes.forEach((box) => { box.checked = [value ?? []].flat().includes(box.value); });
    write(from.start);
    const set = el(
      "fieldset",
      { ...naming(from), "data-key": null },
      from.label && el("legend", {}, from.label),
      from.before,
      el("div", { class: made.length > 7 ? "long" : null }, made.map(({ node }) => node)),
    );
    set.addEventListener("change", tellingOf(from, read, write));
    return { node: [set], control: boxes[0] ?? set, set, read, write };
  };
}

const radios = choices("radio", optionsOf);
const checkboxes = choices("checkbox", optionsOf);
const manyUsers = choices("checkbox", people);

const kinds = {
  plain_text_input: (element, from) => (element.multiline ? multiLine : singleLine)(element, from),
  number_input: typed({ type: "text", inputmode: "decimal" }),
  url_text_input: typed({ type: "text", inputmode: "url", autocomplete: "url" }),
  email_text_input: typed({ type: "text", inputmode: "email", autocomplete: "email" }),
  datepicker: typed({ type: "date" }),
  timepicker: typed({ type: "time" }),
  datetimepicker: dateAndTime,
  static_select: staticSelect,
  users_select: usersSelect,
  radio_buttons: radios,
  checkboxes,
  multi_static_select: checkboxes,
  multi_users_select: manyUsers,
};

export const isInput = (element) => element.type in kinds;

/** What an element starts with: what the view holds already, else the initial value in the block. */
export function startOf(element, held) {
  if (held !== undefined) return held;
  return element.initial_value ?? element.initial_option?.value ?? element.initial_options?.map(({ value }) => value)
    ?? element.initial_date ?? element.initial_time ?? element.initial_date_time
    ?? element.initial_user ?? element.initial_users ?? null;
}

/** A field with its label, hint and a place for its error. */
export function field(element, { label, hint, optional, ...from }) {
  const id = freshId();
  const hintLine = hint && el("p", { class: "hint", id: `${id}-hint` }, plain(hint));
  const error = el("p", { class: "error", id: `${id}-error`, hidden: true });
  const text = label && [plain(label), optional && el("span", { class: "optional" }, " (optional)")];
  const made = kinds[element.type](element, {
    ...from, id, label: text, describedBy: [hintLine?.id, error.id].filter(Boolean), before: label && [hintLine, error],
  });
  const outer = made.set ?? made.control;
  const around = made.set && label ? [] : [label && el("label", { for: id }, text), hintLine, error];
  const counted = made.node[1]?.className === "counter" ? ` ${made.node[1].id}` : "";
  if (counted) outer.setAttribute("aria-describedby", `${outer.getAttribute("aria-describedby")}${counted}`);
  const node = el("div", { class: "field" }, around, made.node);
  return {
    ...made,
    node,
    showError(sentence) {
      error.replaceChildren(...(sentence ? [unseen("Error: "), sentence] : []));
      error.hidden = !sentence;
      node.classList.toggle("has-error", Boolean(sentence));
      const invalid = made.set ? made.set.querySelectorAll("input") : [made.control];
      for (const control of invalid) {
        if (sentence) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
    },
  };
}
