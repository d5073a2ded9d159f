// The count-down of a session, by the clock of its space: that may be far from the browser's, stand still, or be moved
// while the page is open. And the session itself may be revoked.

import { remaining } from "./claims.js";
import { announce } from "./element.js";
import { t } from "./words.js";

const lookEvery = 2000; // milliseconds

// `clock`: the element that shows what is left. `end` is called once, with "expired", "revoked" or "broken".
// `now`: the space's time when the page was made, if it is known. → { look, stop }
export function watchSession({ api, expiresAt, clock, now, end }) {
  let ahead = now === undefined ? 0 : now - Date.now();
  let standsAt = null; // its time, while it is frozen
  let before = Infinity;
  const timers = [];

  let over = null; // how it ended: a state of the session, or "stopped"
  const stop = (how = "stopped") => {
    over ??= how;
    timers.forEach(clearInterval);
  };
  const finish = (state) => {
    if (over !== null) return over;
    stop(state);
    end(state);
    return state;
  };
  const tick = () => {
    const left = expiresAt - (standsAt ?? Date.now() + ahead);
    clock.textContent = remaining(left);
    if (left <= 60_000 && before > 60_000 && before !== Infinity && left > 0) announce(t("This session ends in one minute."));
    before = left;
    if (left <= 0) finish("expired");
  };
  // → the state of the session; "active", too, where nobody says; "stopped" after stop().
  const look = async () => {
    const seen = over === null ? await api.watch() : null;
    if (over !== null) return over;
    if (seen === null) return "active";
    if (seen.state !== "active") return finish(seen.state);
    ahead = seen.now - Date.now();
    standsAt = seen.frozen ? seen.now : null;
    tick();
    return over ?? "active";
  };
  timers.push(setInterval(tick, 1000), setInterval(look, lookEvery));
  tick();
  look();
  return { look, stop: () => stop() };
}
