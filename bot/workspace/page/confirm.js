/* The question before an action that asks for one. */

import { plain } from "./elements.js";
import { el, freshId } from "./dom.js";
import { inline } from "./mrkdwn.js";

export function confirmed({ title, text, confirm, deny, style }) {
  const id = freshId();
  const dialog = el(
    "dialog",
    { class: "confirm", role: "alertdialog", "aria-labelledby": id, "aria-describedby": `${id}-text` },
    el("form", { method: "dialog" },
      el("h2", { id }, plain(title)),
      el("p", { id: `${id}-text` }, inline(text.text)),
      el("div", { class: "foot" },
        el("button", { class: "button", value: "no", autofocus: true }, plain(deny) || "Cancel"),
        el("button", { class: `button ${style ?? "primary"}`, value: "yes" }, plain(confirm) || "Yes"))),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
