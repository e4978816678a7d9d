/* What comes next and what has happened, in the words that the story gives. */

import { isPerson } from "./directory.js";
import { el, keepingFocus } from "./dom.js";
import { whenOf } from "./london.js";

const personOf = ({ name, user }, key, hrefOf) => (
  isPerson(user) ? el("a", { href: hrefOf(user), "data-key": `${key}/${user}` }, name) : name
);

function drawPeople({ people, more }, key, hrefOf) {
  if (!people.length) return null;
  const pieces = people.map((person) => personOf(person, key, hrefOf));
  const rest = more ? `; and ${more} more` : null;
  return el("p", {}, pieces.flatMap((piece, index) => (index ? ["; ", piece] : [piece])), rest);
}

/** Lines below their times, at most so many `times`, drawn again only when they change. `hrefOf` leads to a person. */
export function createEvents({ label, empty, times, hrefOf }) {
  const node = el("div", { class: "events", role: "region", "aria-label": label });
  let drawn = "";

  return {
    node,
    draw(lines) {
      const text = JSON.stringify(lines);
      if (text === drawn) return;
      drawn = text;
      const nodes = [];
      const headed = new Set();
      for (const line of lines) {
        const when = whenOf(new Date(line.at));
        if (headed.size === times && !headed.has(when)) break;
        if (!headed.has(when)) nodes.push(el("h4", {}, when));
        headed.add(when);
        nodes.push(el("div", { class: line.real ? "happening" : "happening not-sent" },
          el("p", {}, line.what), drawPeople(line, `${label}/${line.at}/${line.what}`, hrefOf)));
      }
      if (!nodes.length) nodes.push(el("p", { class: "empty" }, empty));
      keepingFocus(node, () => node.replaceChildren(...nodes));
    },
  };
}
