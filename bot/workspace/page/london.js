/* Days and times in London, in the words of GOV.UK: 9am, 9:05am, Monday 7 September 2026. */

const format = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London", hourCycle: "h23", weekday: "long",
  year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit",
});
const isoDay = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/London", year: "numeric", month: "2-digit", day: "2-digit",
});

const parts = (instant) => Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));

export function timeOf(instant) {
  const { hour, minute } = parts(instant);
  if (hour === "12" && minute === "00") return "midday";
  const minutes = minute === "00" ? "" : `:${minute}`;
  return `${hour % 12 || 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}

export function dateOf(instant) {
  const { day, month, year } = parts(instant);
  return `${day} ${month} ${year}`;
}

export const dayOf = (instant) => `${parts(instant).weekday} ${dateOf(instant)}`;
export const whenOf = (instant) => `${timeOf(instant)} on ${dayOf(instant)}`;

/** What a clock on a London wall shows, as 2026-09-07T08:55. */
export function wallTime(instant) {
  const { hour, minute } = parts(instant);
  return `${isoDay.format(instant)}T${hour}:${minute}`;
}

/** The instant at which a clock on a London wall shows that. */
export function instantAt(wall) {
  const asIfUtc = Date.parse(`${wall}Z`);
  let instant = asIfUtc;
  for (let pass = 0; pass < 2; pass += 1) {
    instant = asIfUtc - (Date.parse(`${wallTime(instant)}Z`) - instant);
  }
  return new Date(instant);
}

function wallPlusDays(wall, days) {
  return new Date(Date.parse(`${wall}Z`) + days * 86400000).toISOString().slice(0, 16);
}

export const oneDayAfter = (instant) => instantAt(wallPlusDays(wallTime(instant), 1));

export function nextMondayAtNine(instant) {
  let wall = `${wallTime(instant).slice(0, 10)}T09:00`;
  while (new Date(`${wall}Z`).getUTCDay() !== 1 || instantAt(wall) <= instant) wall = wallPlusDays(wall, 1);
  return instantAt(wall);
}

const tokens = {
  date: dateOf,
  date_num: (instant) => isoDay.format(instant),
  date_short: (instant) => {
    const { day, month, year } = parts(instant);
    return `${day} ${month.slice(0, 3)} ${year}`;
  },
  date_long: dayOf,
  time: timeOf,
  time_secs: timeOf,
};

/** Slack's date format, such as '{date_long} at {time}'; the fallback if a part is not known. */
export function formatDate(seconds, pattern, fallback) {
  const instant = new Date(Number(seconds) * 1000);
  const names = [...pattern.matchAll(/{(\w+)}/g)].map(([, name]) => name.replace(/_pretty$/, ""));
  if (Number.isNaN(instant.getTime()) || !names.every((name) => name in tokens)) return fallback;
  return pattern.replace(/{(\w+)}/g, (_, name) => tokens[name.replace(/_pretty$/, "")](instant));
}
