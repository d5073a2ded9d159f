// The space's time, as it runs or stands, and what moves it.

import { get, put } from "./api.js";
import { $, button, h, on, say } from "./dom.js";

let at = Date.now(), read = performance.now(), frozen;
export const now = () => at + (frozen ? 0 : performance.now() - read);

// "1 h 59 min", "41 s"
export function span(ms) {
  const s = Math.abs(ms) / 1000, [days, hours, minutes] = [s / 86400, (s / 3600) % 24, (s / 60) % 60].map(Math.floor);
  return days ? `${days} d ${hours} h` : hours ? `${hours} h ${minutes} min` : minutes ? `${minutes} min` : `${Math.floor(s)} s`;
}
const left = (end) => (end > now() ? `${span(end - now())} left` : `ended ${span(now() - end)} ago`);
// Nothing is left of a session that ended before its time.
export function until({ state, expires }) {
  const end = Date.parse(expires);
  return (state === "active" || end <= now()) && h("span.hint", { "data-until": end }, left(end));
}

const face = h("time"), state = h("span.hint");
const change = (words, body) => async () => (take(await put("clock", body())), say(words));
const resume = change("The clock runs with real time.", () => ({ resume: true }));
const freeze = change("The clock stands.", () => ({ freeze: new Date(now()).toISOString() }));
export const toggle = () => (frozen ? resume() : freeze());
export const hour = change("It is an hour later.", () => ({ advance: "1h" }));
const hold = button("Freeze", toggle, { title: "z" }), real = button("Real time", resume);

function tick() {
  face.textContent = new Date(now()).toISOString().slice(11, 19);
  for (const node of document.querySelectorAll("[data-until]")) node.textContent = left(+node.dataset.until);
}
function take(clock) {
  [at, read, frozen] = [Date.parse(clock.now), performance.now(), clock.frozen];
  const moved = Math.abs(at - Date.now()) > 5000;
  hold.textContent = frozen ? "Resume" : "Freeze";
  state.textContent = frozen ? "frozen" : moved ? "moved" : "UTC";
  real.hidden = frozen || !moved;
  $("clock").classList.toggle("moved", frozen || moved);
  tick();
}
const load = async () => take(await get("clock"));
export function start() {
  $("clock").append(face, state, hold, button("+1 h", hour, { title: "+" }), button("+1 d", change("It is a day later.", () => ({ advance: "24h" }))), real);
  setInterval(tick, 500);
  on("changed", ({ what }) => what === "clock" && load());
  return load();
}
