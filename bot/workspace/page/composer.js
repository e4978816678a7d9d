/* Where a person types a message, or a command after a slash. */

import { api } from "./api.js";
import { el, freshId } from "./dom.js";
import { acting, announce } from "./notice.js";

const drafts = new Map();
let commands = [];

export async function loadCommands() {
  commands = (await api.commands()).commands;
}

/** `threadTs` makes it the place for replies to that message; commands are not for threads. */
export function createComposer({ user, channel, name, threadTs, sent }) {
  const usual = threadTs ? "Enter sends." : "Enter sends. Shift and Enter starts a new line. Type / for commands.";
  const listId = freshId();
  const hintId = freshId();
  const box = el("textarea", {
    id: freshId(), rows: 1, "aria-label": threadTs ? "Reply in the thread" : "Message", "aria-describedby": hintId, "aria-controls": listId,
    placeholder: threadTs ? "Reply" : `Message ${name}`, "data-key": `composer/${threadTs ?? ""}`, autocomplete: "off", input: changed, keydown: onKey,
  });
  const list = el("ul", { id: listId, role: "listbox", "aria-label": "Commands", class: "commands", hidden: true });
  const hint = el("p", { class: "hint", id: hintId });
  const form = el(
    "form",
    { class: "composer", submit: send },
    list,
    el("div", { class: "box" }, box, el("button", { class: "button primary" }, "Send")),
    hint,
  );
  const draft = `${user}/${channel}/${threadTs ?? ""}`;
  let options = [];
  let chosen = -1;

  const lineOf = ({ command, usage_hint: usage }) => [command, usage].filter(Boolean).join(" ");

  function choose(index) {
    chosen = index;
    options.forEach((option, at) => option.node.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", options[chosen].node.id);
    options[chosen]?.node.scrollIntoView({ block: "nearest" });
  }

  function complete(index) {
    box.value = `${options[index].command} `;
    box.focus();
    changed();
  }

  function optionOf(command, index) {
    const node = el(
      "li",
      { id: freshId(), role: "option", "aria-selected": "false", pointerdown: (event) => event.preventDefault(), click: () => complete(index) },
      el("span", { class: "usage" }, lineOf(command)),
      el("span", { class: "description" }, command.description),
    );
    return { node, command: command.command };
  }

  function changed() {
    const text = box.value;
    drafts.set(draft, text);
    const found = !threadTs && /^\/\S*$/.test(text) ? commands.filter(({ command }) => command.startsWith(text.toLowerCase())) : [];
    options = found.map(optionOf);
    list.replaceChildren(...options.map(({ node }) => node));
    list.hidden = !options.length;
    choose(-1);
    if (options.length) announce(`${options.length === 1 ? "1 command" : `${options.length} commands`}. Choose with the arrow keys.`);
    const typedCommand = commands.find(({ command }) => text === command || text.startsWith(`${command} `));
    hint.textContent = typedCommand
      ? `${lineOf(typedCommand)}: ${typedCommand.description}`
      : usual;
    hint.classList.toggle("usual", !typedCommand);
  }

  const listKeys = {
    ArrowDown: () => choose((chosen + 1) % options.length),
    ArrowUp: () => choose((chosen < 1 ? options.length : chosen) - 1),
    Escape: () => {
      list.hidden = true;
      choose(-1);
    },
    Tab: () => complete(Math.max(chosen, 0)),
  };

  function onKey(event) {
    if (event.isComposing) return;
    const exact = options.some(({ command }) => command === box.value);
    if (!list.hidden && event.key in listKeys && !event.shiftKey && !(event.key === "Tab" && exact)) {
      event.preventDefault();
      listKeys[event.key]();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (chosen >= 0) complete(chosen);
      else send();
    }
  }

  async function send(event) {
    event?.preventDefault();
    const text = box.value.trim();
    if (!text || form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    box.value = "";
    changed();
    const answer = await acting(() => (
      text.startsWith("/") && !threadTs ? api.command(user, channel, text) : api.say(user, channel, text, threadTs)
    ));
    form.removeAttribute("aria-busy");
    if (!answer) {
      box.value ||= text;
      changed();
    }
    sent();
  }

  box.value = drafts.get(draft) ?? "";
  changed();
  return { node: form, focus: () => box.focus() };
}
