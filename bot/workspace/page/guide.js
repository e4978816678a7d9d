/* The guide: what to do in this scene, one step at a time, for somebody who is here for the first time. */

import { nameOf } from "./directory.js";
import { el } from "./dom.js";

function kept(storage, name) {
  try {
    return storage.getItem(name);
  } catch {
    return null;
  }
}

function keep(storage, name, value) {
  try {
    storage.setItem(name, value);
  } catch {
    // A browser that keeps nothing begins the guide again with each visit.
  }
}

/** `be` goes to the conversation of a person. */
export function createGuide(aside, opener, { be }) {
  const text = el("p", { class: "step", role: "status" });
  const count = el("h2", {});
  const become = el("button", { type: "button", class: "button primary", click: () => be(steps[step].user) });
  const back = el("button", { type: "button", class: "button", click: () => go(step - 1) }, "Back");
  const next = el("button", { type: "button", class: "button", click: () => go(step + 1) }, "Next step");
  const close = el("button", { type: "button", class: "quiet", click: () => { show(false); opener.focus(); } }, "Close the guide");
  let steps = [];
  let step = 0;
  let user = null;
  let name = "";

  aside.append(el("div", { class: "words" }, count, text), el("div", { class: "row" }, become, back, next, close));
  opener.addEventListener("click", () => {
    show(true);
    next.focus();
  });

  function draw() {
    const { text: words, user: wanted } = steps[step];
    count.textContent = `Step ${step + 1} of ${steps.length}`;
    if (text.textContent !== words) text.textContent = words;
    become.hidden = !wanted || wanted === user;
    become.textContent = wanted ? `Be ${nameOf(wanted)}` : "";
    back.hidden = step === 0;
    next.hidden = step === steps.length - 1;
    if (aside.contains(document.activeElement) && document.activeElement.hidden) close.focus();
  }

  function go(wanted) {
    step = Math.min(Math.max(wanted, 0), steps.length - 1);
    keep(sessionStorage, "guide", `${name}/${step}`);
    draw();
  }

  function show(open) {
    keep(localStorage, "guide-closed", open ? "no" : "yes");
    aside.hidden = !open;
    opener.hidden = open;
  }

  return {
    begin({ key, steps: theirs }, performance) {
      if (!theirs.length) return;
      steps = theirs;
      name = `${key}/${performance}`;
      const before = kept(sessionStorage, "guide") ?? "";
      go(before.startsWith(`${name}/`) ? Number(before.slice(name.length + 1)) : 0);
      show(kept(localStorage, "guide-closed") !== "yes");
    },
    youAre(id) {
      user = id;
      if (steps.length) draw();
    },
  };
}
