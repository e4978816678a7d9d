/* The Home tab, as the bot published it for this person. */

import { api } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { el, keepingFocus, oneAtATime } from "./dom.js";
import { reading } from "./notice.js";

export function createHome(user) {
  const content = el("div", { class: "home", tabindex: "0", role: "region", "aria-label": "Home" });
  let drawn = null;

  function draw(view) {
    const text = JSON.stringify(view);
    if (text === drawn) return;
    drawn = text;
    const scene = {
      name: "home",
      level: 3,
      held: (block, element) => view.values?.[block.block_id]?.[element.action_id],
      act: (block, element, value) => api.actInView(user, {
        view_id: view.id, block_id: block.block_id, action_id: element.action_id, value,
      }),
    };
    keepingFocus(content, () => content.replaceChildren(el("div", { class: "blocks" }, (
      view ? drawBlocks(view.blocks, scene) : el("p", { class: "empty" }, "Nothing has been published here yet.")
    ))));
  }

  return {
    node: content,
    open: () => reading(async () => draw((await api.openTab(user, "home")).view)),
    refresh: oneAtATime(() => reading(async () => draw((await api.home(user)).view))),
  };
}
