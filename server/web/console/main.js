// The page that shows what happens, and why, and makes the next error happen.

import { space } from "./api.js";
import { load as loadRules } from "./arm.js";
import { start as startClock } from "./clock.js";
import { $, button, h, on, say } from "./dom.js";
import * as connections from "./connections.js";
import * as errors from "./errors.js";
import { showHelp, stage, start as startKeys } from "./keys.js";
import { start as startStage } from "./presenter.js";
import { here, to } from "./router.js";
import * as rules from "./rules.js";
import * as sessions from "./sessions.js";
import * as spaces from "./spaces.js";
import { start as startStream } from "./stream.js";
import * as why from "./why.js";
import { emit } from "./dom.js";

const views = { requests: why, errors, rules, sessions, connections, spaces };
const main = $("main");
const presents = new URLSearchParams(location.search).has("present");

// Draws the view again. What has the focus, is unfolded or scrolled stays so; what is being written is left alone.
let turn = 0, drawn;
async function draw(why = "moved") {
  const mine = ++turn, { view, rest, id } = here(), known = views[view] ?? views.requests;
  const place = JSON.stringify([view, rest, known === views.requests && id]), again = place === drawn;
  if (again && why !== "moved" && main.querySelector("textarea, select:focus")) return;
  let nodes;
  try {
    nodes = await known.render(rest);
  } catch (error) {
    nodes = h("div.empty", h("h2", "This could not be loaded"), h("p", error.message), button("Try again", () => draw()));
  }
  if (mine !== turn) return;
  const focus = main.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const unfolded = again ? [...main.querySelectorAll("details[open]")].map((node) => node.dataset.key) : [];
  const at = again ? main.scrollTop : 0;
  main.replaceChildren(...[nodes].flat(Infinity).filter(Boolean));
  for (const node of main.querySelectorAll("details")) if (unfolded.includes(node.dataset.key)) node.open = true;
  if (focus && again) [...main.querySelectorAll("[data-key]")].find((node) => node.dataset.key === focus)?.focus({ preventScroll: true });
  main.scrollTop = at;
  if (place !== drawn && drawn && view !== "requests") main.focus({ preventScroll: true });
  drawn = place;
  document.title = `${known.title} · ${space} · Vault Mock`;
}

function bar() {
  const { view, id } = here();
  document.body.dataset.view = view === "requests" && !id ? "stream" : "pane";
  $("space").textContent = space;
  $("space").href = to("spaces");
  $("space").setAttribute("aria-label", `Space ${space}: all spaces`);
  const names = { requests: "Requests", errors: "Errors", rules: "Rules", sessions: "Sessions", connections: "Connections", spaces: "Spaces" };
  $("tabs").replaceChildren(...Object.entries(names).map(([name, label]) => h("a", { href: to(name), "aria-current": name === view ? "page" : undefined, "data-key": `tab-${name}` }, label)));
}

async function begin() {
  startKeys();
  $("tools").replaceChildren(button("Present", stage, { title: "f" }), button("?", showHelp, { "aria-label": "Keys and help" }));
  window.addEventListener("hashchange", () => emit("moved"));
  on("moved", bar);
  bar();
  await Promise.all([startClock(), loadRules()]).catch((error) => say(error.message, "bad"));
  await startStream();
  if (presents) startStage();
  on("moved", () => draw());
  on("rules", () => ["errors", "rules"].includes(here().view) && draw("news"));
  on("changed", ({ what }) => ({ sessions: ["sessions"], connections: ["connections"], clock: ["sessions"], all: Object.keys(views) })[what]?.includes(here().view) && draw("news"));
  on("loaded", () => here().view === "requests" && !here().id && draw("news"));
  let soon;
  on("arrived", () => ((here().view === "requests" && !here().id && !main.querySelector(".primary")) || ["sessions", "spaces"].includes(here().view)) && (soon ??= setTimeout(() => ((soon = undefined), draw("news")), 1000)));
  emit("moved");
}
begin();
