/* What stands in the middle until somebody is chosen. */

import { el } from "./dom.js";

const shown = 12;

/** `scene` is the situation that is on, where there is one. */
export function drawWelcome({ people, workspace, scene, hrefOf }) {
  const more = people.length - shown;
  return el("div", { class: "welcome" },
    el("h2", { id: "place-title", tabindex: "-1" }, "Choose who you are"),
    el("p", {}, `This is ${workspace}, a stand-in for Slack that runs on this computer. You can be any of these people, and change at any time.`),
    scene && el("p", {}, `This scene is ‘${scene.title}’. ${scene.summary} `, el("a", { href: "#scenes" }, "See the other scenes")),
    el("ul", { class: "cards" }, people.slice(0, shown).map(({ id, name, title }) => el(
      "li",
      {},
      el("a", { href: hrefOf(id) }, name),
      title && el("span", { class: "title" }, title),
    ))),
    more > 0 && el("p", { class: "hint" }, `And ${more} more: find them under ‘You are’.`));
}
