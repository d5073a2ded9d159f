// One view at a time in `main`: rows without words while it loads, a message with a way on when it fails, and itself.

import { announce, drawing, element, hush } from "./element.js";
import { root } from "./api.js";
import { t } from "./words.js";

const patience = 150; // milliseconds in which the view before stays

function skeleton(title) {
  const bar = (width) => element("span", { class: `bar ${width}` });
  const row = () => element("li", { class: "row" }, element("span", { class: "bar icon" }), element("span", { class: "names" }, bar("half"), bar("wide")));
  return element("div", { class: "skeleton" },
    element("p", { class: "heading", "aria-hidden": "true" }, title ?? bar("half")),
    element("p", { class: "unseen" }, t("Loading …")),
    element("ul", { class: "rows", "aria-hidden": "true" }, Array.from({ length: 5 }, row)));
}

// "It broke (request id 7f…)": for what failed beside a view that stays.
export const wordsOf = ({ message, requestId }) => (requestId ? `${message} (${t("request id")} ${requestId})` : message);

// What the API said comes after its status, unless it said no more than that.
function reasonOf({ status, message }) {
  const answered = t("The API answered with status {status}.", { status });
  return status === 0 || message === answered ? message : `${answered} ${message}`;
}

// `traces`: whether the browser may look into the journal of the mock, for a link to what happened.
export function failure(error, { again, traces, back }) {
  const id = error.requestId;
  const trace = id && traces ? element("a", { href: `${root}_mock/requests/${encodeURIComponent(id)}` }, id) : id;
  return element("div", { class: "failure" }, drawing("alert", "mark"),
    element("h1", {}, t("This could not be loaded")),
    element("p", {}, reasonOf(error)),
    id ? element("p", { class: "hint" }, `${t("Request id")}: `, trace) : null,
    element("div", { class: "actions" },
      element("button", { class: "primary", type: "button", on: { click: again } }, t("Try again")), back ?? null));
}

// `viewOf(route)` promises a view. → show(route, { focus }): shows that of the route
export function viewsIn(main, context, viewOf) {
  let showing = 0;
  return async function show(route, { focus = true } = {}) {
    const turn = ++showing;
    const isList = route === "";
    const put = (view) => main.replaceChildren(element("div", { class: "news" }), view);
    const slow = setTimeout(() => {
      if (turn !== showing) return;
      hush();
      put(skeleton(isList ? t("Connections") : undefined));
    }, patience);
    main.setAttribute("aria-busy", "true");
    let view;
    try {
      view = await viewOf(route);
    } catch (error) {
      if (turn === showing && (await context.isRefused(error))) view = null;
      else {
        const back = isList || context.isSingle ? null : element("a", { class: "button", href: "#/" }, t("All connections"));
        view = failure(error, { again: () => show(route), traces: context.traces, back });
      }
    }
    clearTimeout(slow);
    if (turn !== showing || view === null || !main.isConnected) return;
    hush();
    put(view);
    main.removeAttribute("aria-busy");
    const heading = main.querySelector("h1");
    document.title = heading ? `${heading.textContent} · ${context.title}` : context.title;
    if (context.farewell) announce(context.farewell);
    context.farewell = "";
    context.afterwards?.();
    context.afterwards = null;
    if (focus && heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  };
}
