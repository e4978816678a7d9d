/* The scenes: prepared situations, each of which can be opened, or begun again, at any time. */

import { api } from "./api.js";
import { el } from "./dom.js";
import { acting, showNotice } from "./notice.js";

/** {current, performance, scenes}, or null where there are none. */
export async function loadScenes() {
  try {
    return await api.scenes();
  } catch (mistake) {
    if (mistake.status === 404) return null;
    throw mistake;
  }
}

export const sceneOn = (stage) => stage.scenes.find(({ key }) => key === stage.current);

/** The scene that the address asks for, as in /?scene=first-day. */
export const wantedScene = () => new URLSearchParams(location.search).get("scene");

let opening = false;
export const isOpening = () => opening;

/** Puts the scene in the place of the one that is on, and shows the page anew as the person it begins with. */
export async function openScene(key) {
  if (opening) return;
  opening = true;
  showNotice("Opening the scene");
  const stage = await acting(() => api.openScene(key));
  showNotice("");
  opening = false;
  history.replaceState(null, "", stage ? `${location.pathname}#${sceneOn(stage).you}` : location.pathname + location.hash);
  if (stage) location.reload();
}

export function drawScenes({ current, scenes }) {
  return el("div", { class: "welcome" },
    el("p", {}, "Each scene begins anew when it is opened. What was done in the one that is on is gone then."),
    el("ul", { class: "scenes" }, scenes.map(({ key, title, summary }) => el(
      "li",
      { "aria-current": key === current ? "true" : null },
      el("h3", {}, title, key === current && el("span", { class: "tag" }, "On now")),
      el("p", {}, summary),
      el("p", { class: "row" },
        el("button", { type: "button", class: "button", "aria-label": `${key === current ? "Start again" : "Open"}: ${title}`, click: () => openScene(key) },
          key === current ? "Start again" : "Open"),
        el("span", { class: "hint" }, "Link: ", el("code", {}, `${location.origin}${location.pathname}?scene=${key}`))),
    ))));
}
