/* The polite lines: a mistake that a person should know of, and what only a screen reader needs to hear. */

import { el } from "./dom.js";

const inPage = document.getElementById("mistake");
const notice = document.getElementById("notice");
const announcement = document.getElementById("announcement");

function places() {
  return [inPage, ...document.querySelectorAll("dialog .mistake")];
}

export function forgetMistake() {
  for (const place of places()) place.replaceChildren();
}

/** Shows a mistake on top: in the open modal if there is one, else in the page. */
export function showMistake(mistake) {
  const place = document.querySelector("dialog[open] .mistake") ?? inPage;
  place.replaceChildren(
    el("p", {}, mistake.message),
    el("button", { type: "button", class: "quiet", click: forgetMistake }, "Dismiss"),
  );
}

/** Does what a person asked for; what goes wrong is shown, and answered with undefined. */
export function acting(work) {
  forgetMistake();
  return work().catch(showMistake);
}

/** Reads again what may have changed. That the server is away is said elsewhere, once. */
export function reading(work) {
  return work().catch((mistake) => { if (mistake.status !== 0) showMistake(mistake); });
}

export const showNotice = (text) => { notice.textContent = text; };
export const announce = (text) => { announcement.textContent = text; };
