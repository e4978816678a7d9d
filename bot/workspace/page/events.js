/* What comes next and what has happened, in the words that the story gives. */

import { isPerson } from "./directory.js";
import { el, keepingFocus } from "./dom.js";
import { whenOf } from "./london.js";

function personOf({ name, user }, key, be) {
  if (!isPerson(user)) return name;
  return el("button", { type: "button", class: "person", "data-key": `${key}/${user}`, click: () => be(user) }, name);
}

function drawPeople({ people, more }, key, be) {
  if (!people.length) return null;
  return el("ul", {},
    people.map((person) => el("li", {}, personOf(person, key, be))),
    more > 0 && el("li", {}, `and ${more} more`));
}

/** A list of lines below their times, drawn again only when it changes. `be` is for a press on a person. */
export function createEvents({ label, empty, shown, be }) {
  const node = el("div", { class: "events", role: "region", "aria-label": label });
  let drawn = "";

  return {
    node,
    draw(lines) {
      const text = JSON.stringify(lines);
      if (text === drawn) return;
      drawn = text;
      const nodes = [];
      let at = null;
      for (const line of lines.slice(0, shown)) {
        const when = whenOf(new Date(line.at));
        if (when !== at) nodes.push(el("h4", {}, when));
        at = when;
        nodes.push(el("div", { class: line.real ? "happening" : "happening not-sent" },
          el("p", {}, line.what), drawPeople(line, `${label}/${line.at}/${line.what}`, be)));
      }
      if (!nodes.length) nodes.push(el("p", { class: "empty" }, empty));
      keepingFocus(node, () => node.replaceChildren(...nodes));
    },
  };
}
