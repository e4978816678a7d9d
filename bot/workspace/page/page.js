/* Starts the page. The address says who you are and where: #USER, #USER/CHANNEL, #USER/home or #USER/scenes;
   and before that perhaps which scene to open: /?scene=KEY. */

import { api, listen } from "./api.js";
import { createClock } from "./clock.js";
import { createComposer, loadCommands } from "./composer.js";
import { createConversation } from "./conversation.js";
import { directory, nameOf, setPeople } from "./directory.js";
import { calmly, el, oneAtATime } from "./dom.js";
import { createGuide } from "./guide.js";
import { createHome } from "./home.js";
import { createModal } from "./modal.js";
import { announce, forgetMistake, reading, showNotice } from "./notice.js";
import { createPanels } from "./panels.js";
import { drawConversations, drawPeople, manyPeople, nameInList } from "./people.js";
import { drawScenes, isOpening, loadScenes, openScene, sceneOn, wantedScene } from "./scenes.js";
import { drawWelcome } from "./welcome.js";

const $ = (id) => document.getElementById(id);
const place = $("place");
const hrefOf = (user, where) => `#${[user, where].filter(Boolean).join("/")}`;

let workspace = "";
let user; // null: nobody yet
let where = null;
let conversations = [];
let stage = null; // the scenes, where there are any
const nowhere = { refresh: async () => {} };
let open = nowhere;
let composer = null;
let stopListening = () => {};

const panels = createPanels();
const modal = createModal({ focusFallback: () => composer ?? $("main") });
const clock = createClock($("clock"), {
  hrefOf,
  changedTime: (time) => panels.showTime(time),
});
const guide = createGuide($("guide"), $("guide-opener"), { be: (id) => { location.hash = hrefOf(id); } });

let drawnSide = "";

function drawSide() {
  const words = $("find").value;
  const text = JSON.stringify([directory.people, conversations, user, where, words, stage]);
  if (text === drawnSide) return;
  drawnSide = text;
  $("find").hidden = !manyPeople(directory.people);
  drawPeople($("people"), { people: directory.people, words, current: user, choose: (id) => { location.hash = hrefOf(id); } });
  $("conversations-nav").hidden = !user;
  if (stage) {
    $("scene-nav").hidden = false;
    $("scene-link").textContent = `Scene: ${sceneOn(stage).title}`;
    $("scene-link").href = hrefOf(user, "scenes");
    if (where === "scenes") $("scene-link").setAttribute("aria-current", "page");
    else $("scene-link").removeAttribute("aria-current");
  }
  drawConversations($("conversations"), { conversations, current: where, hrefOf: (id) => hrefOf(user, id) });
}

const refreshPeople = oneAtATime(() => reading(async () => {
  const asked = user;
  const answer = await api.people();
  const theirs = asked ? (await api.conversations(asked)).conversations : [];
  if (asked !== user) return;
  workspace = answer.team.name;
  setPeople(answer.people, answer.others);
  for (const { id, name, kind } of theirs) if (kind === "channel") directory.names.set(id, name);
  conversations = theirs;
  $("workspace").textContent = workspace;
  drawSide();
}));

function showPlace(title, kind, ...nodes) {
  const person = directory.people.find(({ id }) => id === user);
  place.replaceChildren(
    el("div", { class: "place-head" },
      el("h2", { id: "place-title", tabindex: "-1" }, title),
      el("p", {}, person ? `${kind}. You are ${person.name}.` : kind)),
    ...nodes,
  );
  document.title = [title, person?.name, workspace].filter(Boolean).join(", ");
}

function showScenes() {
  open = nowhere;
  composer = null;
  showPlace("Scenes", "Situations to start from", drawScenes(stage));
}

function openHome() {
  composer = null;
  open = createHome(user);
  showPlace("Home", "Home tab", open.node);
  return open.open();
}

async function openConversation({ id, kind, name }) {
  const title = nameInList({ kind, name });
  const conversation = createConversation(user, id);
  open = conversation;
  await conversation.refresh();
  if (open !== conversation) return;
  composer = createComposer({ user, channel: id, name: title, sent: async () => {
    await conversation.refresh();
    conversation.toEnd();
  } });
  showPlace(title, kind === "channel" ? "Channel" : "Direct message", conversation.node, composer.node);
  conversation.toEnd();
  // Slack tells the app, and nobody waits for what it makes of that.
  if (kind === "im") api.openTab(user, "messages").catch(() => {});
}

function showWelcome() {
  open = nowhere;
  composer = null;
  place.replaceChildren(drawWelcome({ people: directory.people, workspace, scene: stage && sceneOn(stage), hrefOf }));
  document.title = workspace;
}

async function be(id) {
  user = id;
  where = null;
  conversations = [];
  drawSide();
  stopListening();
  stopListening = listen(user, { heard, lost, found });
  await refreshPeople();
  if (user !== id) return;
  guide.youAre(user);
  modal.open(user);
  if (user) announce(`You are now ${nameOf(user)}`);
}

/** Goes to where the address says. */
async function go() {
  const [id, wanted] = decodeURIComponent(location.hash.slice(1)).split("/");
  const next = directory.people.some((person) => person.id === id) ? id : null;
  if (next !== user) await be(next);
  if (next !== user) return;
  if (stage && [id, wanted].includes("scenes")) {
    where = "scenes";
    drawSide();
    showScenes();
    panels.close();
    return;
  }
  if (!user) {
    where = null;
    drawSide();
    showWelcome();
    panels.close();
    return;
  }
  panels.close();
  const found = conversations.find((one) => one.id === wanted) ?? conversations[0];
  // What is open stays as it is, with the words that are being written there.
  if (where === found.id && wanted !== "home") return;
  where = wanted === "home" ? "home" : found.id;
  drawSide();
  await (where === "home" ? openHome() : openConversation(found));
}

// What people say and do changes what is due as well.
const countAgain = calmly(500, () => Promise.all([refreshPeople(), clock.refresh()]));

function heard(kind, { channel }) {
  if (kind === "scene") {
    if (!isOpening()) location.reload();
  } else if (kind === "view") modal.refresh();
  else if (kind === "clock") clock.refresh();
  else if (kind === "people") countAgain();
  else if (kind === "home" ? where === "home" : channel === where) open.refresh();
}

let wasLost = false;

function lost() {
  wasLost = true;
  showNotice("Connection lost, trying again");
}

function found() {
  showNotice("");
  if (!wasLost) return;
  wasLost = false;
  forgetMistake();
  refreshPeople();
  open.refresh();
  modal.refresh();
  clock.refresh();
}

$("skip").addEventListener("click", (event) => {
  event.preventDefault();
  $("main").focus();
});
$("find").addEventListener("input", drawSide);
window.addEventListener("hashchange", () => {
  forgetMistake();
  go();
});
async function start() {
  await Promise.all([refreshPeople(), reading(loadCommands), reading(async () => { stage = await loadScenes(); })]);
  await clock.refresh();
  panels.showClock(clock.present());
  await go();
  if (stage) guide.begin(sceneOn(stage), stage.performance);
}

if (wantedScene()) await openScene(wantedScene());
await start();
