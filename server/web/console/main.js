// The page that shows what happens, and why, and makes the next error happen.

import { space } from "./api.js";
import { load } from "./arm.js";
import { start as startClock } from "./clock.js";
import { $, attempt, button, calmly, emit, empty, h, on } from "./dom.js";
import * as connections from "./connections.js";
import * as errors from "./errors.js";
import { help, stage, start as startKeys } from "./keys.js";
import { start as startStage } from "./presenter.js";
import { here, to } from "./router.js";
import * as rules from "./rules.js";
import * as sessions from "./sessions.js";
import * as spaces from "./spaces.js";
import { start as startStream } from "./stream.js";
import * as why from "./why.js";

const views = { requests: why, errors, rules, sessions, connections, spaces };
const main = $("main"), presents = /[?&]present/.test(location.search);

// What an element is known by when it is drawn again.
const sign = (node) => node.nodeName + (node.ariaLabel ?? node.textContent) + (node.name ?? "") + (node.nodeName === "INPUT" ? node.value : "");

// Draws the view. What has the focus, is unfolded or scrolled stays so; what is being written or chosen is left alone.
let turn = 0, drawn;
async function draw(news) {
  const mine = ++turn, { view, rest, id } = here(), shown = views[view] ?? why, place = JSON.stringify([view, rest, shown === why && id]);
  if (news && (main.querySelector("textarea") || document.activeElement.matches("main select"))) return;
  const nodes = await Promise.resolve(shown.render(rest)).catch(({ message }) => empty("This could not be loaded", h("p", message), button("Try again", () => draw())));
  if (mine !== turn) return;
  const again = place === drawn, focus = main.contains(document.activeElement) && sign(document.activeElement);
  const unfolded = [...main.querySelectorAll("details")].map(({ open }) => open), at = main.scrollTop;
  main.replaceChildren(...[nodes].flat(Infinity).filter(Boolean));
  if (again) {
    main.querySelectorAll("details").forEach((node, i) => (node.open = unfolded[i]));
    if (focus) [...main.querySelectorAll("a, button, input, select, summary")].find((node) => sign(node) === focus)?.focus({ preventScroll: true });
  } else if (drawn && shown !== why) main.focus();
  main.scrollTop = again ? at : 0;
  drawn = place;
  document.title = `${shown.title} · ${space} · Vault Mock`;
}

function bar() {
  const { view, id } = here();
  document.body.dataset.view = view === "requests" && !id ? "stream" : "pane";
  $("space").textContent = space;
  $("space").href = to("spaces");
  $("tabs").replaceChildren(...Object.keys(views).map((name) => h("a", { href: to(name), "aria-current": name === view && "page" }, name)));
}

startKeys();
$("tools").append(button(presents ? "Leave" : "Present", stage, { title: "f" }), button("?", help, { "aria-label": "Keys" }));
addEventListener("hashchange", () => emit("moved"));
on("moved", bar);
on("moved", () => draw());
const later = calmly(() => draw(true), 300), redraw = (...names) => names.includes(here().view) && later();
on("rules", () => redraw("errors", "rules"));
on("changed", ({ what }) => redraw(what === "clock" ? "sessions" : what));
on("arrived", () => (here().id || redraw("requests"), redraw("sessions", "spaces")));
on("loaded", () => here().id || redraw("requests"));
await Promise.all([startClock(), load()].map((one) => attempt(() => one)));
startStream();
if (presents) startStage();
emit("moved");
