// The page that shows what happens, and why, and makes the next error happen.

import { space } from "./api.js";
import { load } from "./arm.js";
import * as clock from "./clock.js";
import { $, again, attempt, button, calmly, emit, empty, h, on } from "./dom.js";
import * as connections from "./connections.js";
import * as errors from "./errors.js";
import * as keys from "./keys.js";
import * as presenter from "./presenter.js";
import { here, to } from "./router.js";
import * as rules from "./rules.js";
import * as sessions from "./sessions.js";
import * as spaces from "./spaces.js";
import * as stream from "./stream.js";
import * as why from "./why.js";

const views = { requests: why, errors, rules, sessions, connections, spaces };
const main = $("main"), presents = /[?&]present/.test(location.search);

// What an element is known by when it is drawn again.
const sign = (node) => node.nodeName + (node.ariaLabel ?? node.textContent) + node.value;

// Draws the view. What has the focus, is unfolded or scrolled stays so; what is being written or chosen is left alone.
let turn = 0, drawn;
async function draw(news) {
  const { view, rest, id } = here(), shown = views[view] ?? why, place = JSON.stringify([view, rest, shown === why && id]), all = (what) => [...main.querySelectorAll(what)];
  if (news && ((shown === why && id) || all("textarea, select:focus")[0])) return;
  const mine = ++turn;
  const nodes = await shown.render(rest).catch(({ message }) => empty("This could not be loaded", h("p", message), button("Try again", again)));
  if (mine !== turn) return;
  const same = place === drawn, focus = all(":focus").map(sign)[0], open = all("details").map((node) => node.open), at = main.scrollTop;
  main.replaceChildren(...[nodes].flat(Infinity).filter(Boolean));
  if (same) {
    all("details").forEach((node, i) => (node.open = open[i]));
    all("a, button, input, select, summary").find((node) => sign(node) === focus)?.focus({ preventScroll: true });
  } else if (drawn && shown !== why) main.focus();
  main.scrollTop = same ? at : 0;
  drawn = place;
  document.title = `${shown.title} · ${space} · Vault Mock`;
}

function bar() {
  const { view, id } = here();
  document.body.dataset.view = view === "requests" && !id ? "stream" : "pane";
  $("space").href = to("spaces");
  $("tabs").replaceChildren(...Object.keys(views).map((name) => h("a", { href: to(name), "aria-current": name === view && "page" }, name)));
}

keys.start();
$("space").textContent = `@${space}`;
$("tools").append(button(presents ? "Leave" : "Present", keys.stage, { title: "f" }), button("?", keys.help, { aria: "Keys" }));
addEventListener("hashchange", () => emit("moved"));
on("moved", bar);
on("moved", () => draw());
const later = calmly(() => draw(true), 100), redraw = (...names) => names.includes(here().view) && later();
on("rules", () => redraw("errors", "rules"));
on("changed", ({ what }) => redraw(what === "clock" ? "sessions" : what));
on("arrived", () => redraw("sessions", "spaces", here().id || "requests"));
on("loaded", () => redraw("errors", here().id || "requests"));
await Promise.all([attempt(clock.start), attempt(load)]);
stream.start();
if (presents) presenter.start();
emit("moved");
