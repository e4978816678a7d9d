/* The control API of the local workspace: see docs/local-workspace.md. */

const prefix = location.pathname.match(/^\/team\/[^/]+/)?.[0] ?? "";
const kinds = ["message", "view", "home", "people", "clock", "scene"];

/** Something went wrong that can be said to a person in a sentence. */
export class Mistake extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`${prefix}/control${path}`, {
      method,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Mistake("The workspace does not answer. Check that it is still running.", 0);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Mistake(answer.error ?? `The workspace answered with status ${response.status}.`, response.status);
  }
  return answer;
}

const get = (path) => call("GET", path);
const post = (path, body = {}) => call("POST", path, body);
const person = (user) => `/people/${encodeURIComponent(user)}`;
const conversation = (user, channel) => `${person(user)}/conversations/${encodeURIComponent(channel)}`;

export const api = {
  people: () => get("/people"),
  commands: () => get("/commands"),
  conversations: (user) => get(`${person(user)}/conversations`),
  messages: (user, channel, query) => get(`${conversation(user, channel)}/messages?${new URLSearchParams(query)}`),
  say: (user, channel, text, thread) => post(`${conversation(user, channel)}/messages`, { text, thread_ts: thread }),
  command: (user, channel, text) => post(`${person(user)}/commands`, { channel, text }),
  act: (user, channel, action) => post(`${conversation(user, channel)}/actions`, action),
  view: (user) => get(`${person(user)}/view`),
  actInView: (user, action) => post(`${person(user)}/view/actions`, action),
  submitView: (user, submission) => post(`${person(user)}/view/submit`, submission),
  closeView: (user, id) => post(`${person(user)}/view/close`, { view_id: id }),
  home: (user) => get(`${person(user)}/home`),
  openTab: (user, tab) => post(`${person(user)}/home`, { tab }),
  scenes: () => get("/scenes"),
  openScene: (key) => post("/scenes", { scene: key }),
  clock: () => get("/clock"),
  moveClock: (change) => post("/clock", change),
};

/** Listens for what changes for one person, or without one for what everybody hears. Answers with a function that stops. */
export function listen(user, { heard, lost, found }) {
  let source;
  let retry;
  function open() {
    source = new EventSource(`${prefix}/control/events?${new URLSearchParams(user ? { user } : {})}`);
    source.addEventListener("open", found);
    source.addEventListener("error", () => {
      lost();
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, 2000);
    });
    for (const kind of kinds) {
      source.addEventListener(kind, (event) => heard(kind, JSON.parse(event.data || "{}")));
    }
  }
  open();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}
