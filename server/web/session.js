// The hosted page of a session: what it shows is the token's to say, what it does goes to the API of the same space.

import { apiOf } from "./api.js";
import { plainReturnUrl, readClaims, readToken, remaining } from "./claims.js";
import { wear } from "./colours.js";
import { connectionView } from "./connection.js";
import { announce, drawing, element, ending } from "./element.js";
import { footer, frame } from "./frame.js";
import { listView } from "./list.js";
import { logsView } from "./logs.js";

const said = document.documentElement.dataset; // by the server: state, now, images, request
const page = document.getElementById("page");
const token = location.pathname.slice(location.pathname.lastIndexOf("/") + 1);

const endings = {
  expired: ["clock", "This session has expired", "Sessions are short-lived on purpose. Go back to the app you came from and open this page again from there."],
  revoked: ["barred", "This session was revoked", "Whoever runs the app ended it. Go back to the app you came from and open this page again from there."],
  broken: ["broken", "This link is broken", "The token in the address is not one that this mock handed out in this space: it is incomplete, changed, or signed with another secret."],
  refused: ["barred", "This session is not accepted", "The API refused the session's token."],
};

function end(kind, detail) {
  clearInterval(end.timer);
  const [mark, title, text] = endings[kind] ?? endings.broken;
  const claims = kind === "broken" ? null : readToken(token);
  const back = plainReturnUrl(claims);
  if (claims) wear(readClaims(claims).theme);
  page.replaceChildren(
    ending(drawing(mark, "mark"), title,
      element("p", {}, text),
      detail ? element("p", { class: "hint" }, detail) : null,
      back ? element("div", { class: "actions" }, element("a", { class: "button primary", href: back }, "Back to the app")) : null),
    footer({ request: said.request }),
  );
  if (end.wasOpen) page.querySelector("h1").focus();
}

function viewOf(route, context) {
  const [first, second] = route.split("/").map(decodeURIComponent);
  if (first === "logs" && context.claims.logs) return logsView(context);
  if (first && second) return connectionView(context, first, second);
  return listView(context);
}

function start(claims) {
  const title = claims.theme.name || "Vault";
  end.wasOpen = true;
  const context = { claims, token, api: apiOf(token), images: said.images === "all", title };
  const main = element("main", { id: "main", tabindex: -1 });
  const clock = element("span", { class: "clock" });
  page.replaceChildren(...frame(context, main, clock, said));
  wear(claims.theme);
  if (context.images && claims.theme.favicon) document.querySelector("link[rel=icon]").href = claims.theme.favicon;

  // By the clock of the space, which may be far from the browser's.
  const ahead = Number(said.now) - Date.now();
  let before = Infinity;
  const tick = () => {
    const left = claims.expiresAt - Date.now() - ahead;
    clock.textContent = remaining(left);
    if (left <= 60_000 && before > 60_000 && before !== Infinity) announce("This session ends in one minute.");
    before = left;
    if (left <= 0) end("expired");
  };
  end.timer = setInterval(tick, 1000);
  tick();

  // What fails is said on the page; a refused token ends it.
  context.attempt = async (work) => {
    try {
      return await work();
    } catch (error) {
      if (error.status === 401) end("refused", error.message);
      else announce(error.message, "trouble");
      return undefined;
    }
  };

  let showing = 0;
  const show = async ({ focus = true } = {}) => {
    const route = location.hash.replace(/^#\/?/, "");
    const turn = ++showing;
    const view = await context.attempt(() => viewOf(route, context));
    if (turn !== showing || !main.isConnected) return;
    main.replaceChildren(view ?? element("p", { class: "notice" }, "This could not be loaded. ", element("a", { href: "#/" }, "All connections")));
    const heading = main.querySelector("h1");
    document.title = heading ? `${heading.textContent} · ${title}` : title;
    for (const link of document.querySelectorAll("nav a")) {
      const current = link.hash === "#/logs" ? route === "logs" : route !== "logs";
      if (current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (focus && heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  };
  context.refresh = () => show({ focus: false });
  addEventListener("hashchange", () => show());
  return show({ focus: false });
}

const claims = said.state === "active" ? readToken(token) : null;
if (claims) start(readClaims(claims));
else end(said.state === "active" ? "broken" : said.state);
