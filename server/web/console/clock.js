// The space's time, as it runs or stands, and what moves it.

import { json } from "./api.js";
import { $, button, h, on, say } from "./dom.js";

const clock = { at: Date.now(), read: performance.now(), frozen: false };
export const now = () => clock.at + (clock.frozen ? 0 : performance.now() - clock.read);

function take({ now: at, frozen }) {
  Object.assign(clock, { at: Date.parse(at), read: performance.now(), frozen });
  show();
}

async function change(body, words) {
  take(await json("clock", { method: "PUT", body }));
  say(words);
}
export const toggle = () => (clock.frozen ? change({ resume: true }, "The clock runs with real time.") : change({ freeze: new Date(now()).toISOString() }, "The clock stands."));
export const advance = (by, words) => change({ advance: by }, `The clock is ${words} further.`);

// "1 h 59 min", "41 s"
export function span(ms) {
  const s = Math.max(0, Math.floor(Math.abs(ms) / 1000)), [d, hours, m] = [Math.floor(s / 86400), Math.floor(s / 3600) % 24, Math.floor(s / 60) % 60];
  return d ? `${d} d ${hours} h` : hours ? `${hours} h ${m} min` : m ? `${m} min ${s % 60} s` : `${s} s`;
}

const face = h("time"), state = h("span.hint");
const hold = button("Freeze", toggle, { title: "z" });
function tick() {
  const text = new Date(now()).toISOString();
  if (face.dateTime === text.slice(0, 19)) return;
  face.dateTime = text.slice(0, 19);
  face.textContent = text.slice(11, 19);
  face.title = text;
  for (const node of document.querySelectorAll("[data-until]")) node.textContent = until(node.dataset.until);
}
export const until = (at) => (Date.parse(at) > now() ? `${span(Date.parse(at) - now())} left` : `ended ${span(now() - Date.parse(at))} ago`);

function show() {
  hold.textContent = clock.frozen ? "Resume" : "Freeze";
  const other = Math.abs(now() - Date.now()) > 5000;
  state.textContent = clock.frozen ? "frozen" : other ? "moved" : "UTC";
  $("clock").classList.toggle("moved", clock.frozen || other);
  tick();
}

export async function start() {
  const real = button("Real time", () => change({ resume: true }, "The clock runs with real time."), { class: "small real" });
  $("clock").replaceChildren(face, state, hold, button("+1 h", () => advance("1h", "1 h")), button("+1 d", () => advance("24h", "1 d")), real);
  setInterval(tick, 250);
  on("changed", ({ what }) => (what === "clock" || what === "all") && load());
  await load();
}
export const load = async () => take(await json("clock"));
