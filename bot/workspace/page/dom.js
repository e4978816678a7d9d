/* Makes elements. Text is always text: nothing here reads a string as markup. */

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

export const unseen = (text) => el("span", { class: "unseen" }, text);

let count = 0;
export const freshId = () => `x${(count += 1)}`;

/** A link that is safe to follow, or null: a script never is. */
export function safeUrl(url) {
  return /^(https?:|mailto:|tel:)/i.test(url ?? "") ? url : null;
}

/** Runs one at a time; asked again meanwhile, it runs once more afterwards. */
export function oneAtATime(work) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await work();
      } while (again);
    })().finally(() => { running = null; });
    return running;
  };
}

/** Runs at once when it is quiet, else as soon as `pause` milliseconds have gone by since the last time. */
export function calmly(pause, work) {
  let next = 0;
  let waiting = null;
  return () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      next = performance.now() + pause;
      work();
    }, Math.max(0, next - performance.now()));
  };
}

/** Redraws `container`, and gives focus back to the control that had it; to `otherwise` when that is gone. */
export function keepingFocus(container, redraw, otherwise = container.closest("[tabindex]")) {
  const before = container.contains(document.activeElement) ? document.activeElement : null;
  const key = before?.dataset.key;
  const [start, end] = key && "selectionStart" in before ? [before.selectionStart, before.selectionEnd] : [];
  redraw();
  if (!before || before.isConnected) return;
  const after = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (after || otherwise)?.focus({ preventScroll: true });
  if (after && typeof start === "number") after.setSelectionRange(start, end);
}
