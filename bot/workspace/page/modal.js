/* The modal on top of a person's stack, in a native dialog. */

import { api } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { plain } from "./elements.js";
import { el, freshId, keepingFocus, oneAtATime } from "./dom.js";
import { acting, reading, showMistake } from "./notice.js";

export function createModal({ focusFallback }) {
  const title = el("h2", { id: freshId(), tabindex: "-1" });
  const mistake = el("div", { class: "mistake", role: "alert" });
  const blocks = el("div", { class: "blocks" });
  const close = el("button", { type: "button", class: "button", click: dismiss });
  const submit = el("button", { type: "submit", class: "button primary" });
  const waiting = el("p", { class: "waiting", role: "status" });
  const form = el(
    "form",
    { novalidate: true, submit: send },
    el("div", { class: "body" }, mistake, blocks),
    el("div", { class: "foot" }, waiting, close, submit),
  );
  const dialog = el("dialog", { class: "modal", "aria-labelledby": title.id, keydown: onKey }, el("div", { class: "head" }, title), form);
  document.body.append(dialog);

  let user = null;
  let view = null;
  let fields = [];
  let opener = null;
  let queue = Promise.resolve();
  const typed = new Map();  // by view, so that what was typed survives an update or a modal on top

  const heldKey = (block, element) => `${block.block_id}/${element.action_id}`;

  function scene(held) {
    return {
      name: `modal/${view.id}`,
      level: 3,
      inForm: true,
      fields,
      held: (block, element) => (
        held.has(heldKey(block, element)) ? held.get(heldKey(block, element)) : view.values?.[block.block_id]?.[element.action_id]
      ),
      act: (block, element, value) => api.actInView(user, {
        view_id: view.id, block_id: block.block_id, action_id: element.action_id, value, values: values(),
      }),
    };
  }

  function values() {
    const all = {};
    for (const { block, element, read } of fields) {
      (all[block.block_id] ??= {})[element.action_id] = read();
    }
    return all;
  }

  function draw(next) {
    const same = view?.id === next.id;
    if (view) typed.set(view.id, new Map(fields.map(({ block, element, read }) => [heldKey(block, element), read()])));
    view = next;
    fields = [];
    title.textContent = plain(view.title);
    close.textContent = plain(view.close) || "Cancel";
    submit.textContent = plain(view.submit) || "Submit";
    submit.hidden = !view.submit && !view.blocks.some((block) => block.type === "input");
    keepingFocus(dialog, () => blocks.replaceChildren(...drawBlocks(view.blocks, scene(typed.get(view.id) ?? new Map()))), title);
    if (!same) {
      form.querySelector(".body").scrollTop = 0;
      focusStart();
    }
  }

  function focusStart() {
    const wanted = fields.find(({ element }) => element.focus_on_load) ?? (view.blocks[0]?.type === "input" ? fields[0] : null);
    (wanted?.control ?? title).focus();
  }

  function show(next) {
    if (!dialog.open) {
      opener = document.activeElement;
      mistake.replaceChildren();
      dialog.showModal();
    }
    if (JSON.stringify(next) !== JSON.stringify(view)) draw(next);
  }

  function hide() {
    view = null;
    fields = [];
    typed.clear();
    if (!dialog.open) return;
    const key = opener?.dataset.key;
    dialog.close();
    blocks.replaceChildren();
    if (opener?.isConnected && opener !== document.body) {
      opener.focus();
      return;
    }
    const again = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    (again ?? focusFallback()).focus();
  }

  const refresh = oneAtATime(async () => {
    const asked = user;
    const answer = asked ? await api.view(asked) : { view: null };
    if (asked !== user) return;
    if (answer.view?.type === "modal") show(answer.view);
    else hide();
  });

  /** One after another: a second press of Escape closes the next modal, not the same one again. */
  function whileWaiting(doing, work) {
    queue = queue.then(async () => {
      form.setAttribute("aria-busy", "true");
      waiting.textContent = doing;
      await acting(work);
      waiting.textContent = "";
      form.removeAttribute("aria-busy");
    });
  }

  function showErrors(errors) {
    let first = null;
    for (const one of fields) {
      const sentence = one.asked ? errors[one.block.block_id] : null;
      one.showError(sentence);
      if (sentence) first ??= one.control;
    }
    first?.focus();
    return first !== null;
  }

  function send(event) {
    event.preventDefault();
    if (submit.hidden || form.getAttribute("aria-busy")) return;
    whileWaiting("Sending", async () => {
      const answer = await api.submitView(user, { view_id: view.id, values: values() });
      if (answer.result === "errors") {
        if (!showErrors(answer.errors)) showMistake(new Error(Object.values(answer.errors).join(" ")));
      } else if (answer.result === "updated") {
        draw(answer.view);
        focusStart();
      } else {
        await refresh();
      }
    });
  }

  function dismiss() {
    whileWaiting("Closing", async () => {
      if (view) await api.closeView(user, view.id);
      await refresh();
    });
  }

  function onKey(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dismiss();
  }

  return {
    refresh: () => reading(refresh),
    open(nextUser) {
      if (nextUser !== user) hide();
      user = nextUser;
      return reading(refresh);
    },
  };
}
