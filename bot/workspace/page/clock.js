/* The clock panel: what time it is in this workspace, what is due, what has happened, and ways to move on. */

import { api } from "./api.js";
import { el, freshId, oneAtATime } from "./dom.js";
import { createEvents } from "./events.js";
import { dayOf, instantAt, nextMondayAtNine, oneDayAfter, timeOf, wallTime } from "./london.js";
import { acting, showMistake } from "./notice.js";

const speeds = [[0, "Pause"], [1, "Real time"], [60, "60 times"], [3600, "3,600 times"]];

export function createClock(section, { hrefOf, changedTime }) {
  const time = el("span", { class: "hour" });
  const day = el("span", { class: "date" });
  const working = el("p", { class: "working", role: "status" });
  const coming = createEvents({ label: "Coming up", empty: "Nothing is due.", times: 2, hrefOf });
  const happened = createEvents({ label: "What has happened", empty: "Nothing yet.", times: 12, hrefOf });
  const field = el("input", { type: "datetime-local", id: freshId() });
  const jumps = [
    ["To the next notice", () => ({ to_next: true })],
    ["To Monday 9am", () => ({ to: nextMondayAtNine(now()).toISOString() })],
    ["One day on", () => ({ to: oneDayAfter(now()).toISOString() })],
  ].map(([name, change]) => el("button", { type: "button", class: "button", click: () => move(change()) }, name));
  const speedButtons = speeds.map(([speed, name]) => el("button", { type: "button", class: "button", click: () => move({ speed }) }, name));

  let state = null;
  let readAt = 0;
  let moving = false;

  const now = () => new Date(Date.parse(state.now) + (performance.now() - readAt) * state.speed);

  section.append(
    el("h2", {}, "Clock"),
    el("p", { class: "now" }, time, " ", day),
    working,
    el("div", { class: "jumps", role: "group", "aria-label": "Move the clock" }, jumps),
    el("form", { class: "go", novalidate: true, submit: go },
      el("label", { for: field.id }, "Date and time in London"),
      el("div", { class: "row" }, field, el("button", { class: "button" }, "Go"))),
    el("div", { class: "speeds", role: "group", "aria-label": "Speed" }, el("p", { class: "legend", "aria-hidden": "true" }, "Speed"), speedButtons),
    el("h3", {}, "Coming up"),
    coming.node,
    el("h3", {}, "What has happened"),
    happened.node,
  );

  function drawTime() {
    const [hour, date] = [timeOf(now()), dayOf(now())];
    if (time.textContent === hour && day.textContent === `on ${date}`) return;
    time.textContent = hour;
    day.textContent = `on ${date}`;
    changedTime(hour);
  }

  function draw(answer) {
    state = answer;
    readAt = performance.now();
    drawTime();
    coming.draw(state.coming);
    happened.draw(state.happened);
    field.min = wallTime(now());
    if (document.activeElement !== field && field.value < field.min) field.value = field.min;
    speedButtons.forEach((button, index) => button.setAttribute("aria-pressed", String(speeds[index][0] === state.speed)));
    showWorking();
  }

  function showWorking() {
    section.classList.toggle("moving", moving || state?.speed > 1);
    for (const button of section.querySelectorAll(".jumps button, .go button")) {
      if (moving) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    const still = state?.speed > 0 ? "The clock is running" : "The clock stands still";
    const text = moving ? "Moving on, and doing what falls due on the way" : still;
    if (working.textContent !== text) working.textContent = text;
  }

  async function move(change) {
    if (moving) return;
    moving = true;
    showWorking();
    const answer = await acting(() => api.moveClock(change));
    moving = false;
    if (answer) {
      field.value = "";
      draw(answer);
    }
    showWorking();
  }

  function go(event) {
    event.preventDefault();
    if (field.value) move({ to: instantAt(field.value).toISOString() });
    else showMistake(new Error("Enter a date and a time, such as 9 September 2026 at 9am."));
  }

  setInterval(() => { if (state?.speed) drawTime(); }, 250);

  const refresh = oneAtATime(async () => {
    try {
      draw(await api.clock());
    } catch (mistake) {
      if (mistake.status === 404) state = null;
    }
  });

  return { refresh, present: () => state !== null };
}
