/* On a narrow screen the side columns are panels, opened one at a time from the top bar. */

const pairs = ["places", "clock"].map((id) => ({
  panel: document.getElementById(id), toggle: document.getElementById(`${id}-toggle`),
}));

function show(chosen) {
  for (const { panel, toggle } of pairs) {
    panel.classList.toggle("open", panel === chosen);
    toggle.setAttribute("aria-expanded", String(panel === chosen));
  }
}

export function createPanels() {
  const [, clock] = pairs;
  for (const { panel, toggle } of pairs) {
    const isOpen = () => toggle.getAttribute("aria-expanded") === "true";
    toggle.addEventListener("click", () => show(isOpen() ? null : panel));
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      show(null);
      toggle.focus();
    });
  }
  return {
    close() {
      const focused = pairs.find(({ panel }) => panel.classList.contains("open") && panel.contains(document.activeElement));
      show(null);
      if (focused && focused.toggle.checkVisibility()) document.getElementById("place-title")?.focus();
    },
    showClock(present) {
      clock.panel.hidden = !present;
      clock.toggle.hidden = !present;
      document.body.classList.toggle("with-clock", present);
    },
    showTime(time) {
      clock.toggle.textContent = `Clock, ${time}`;
    },
  };
}
