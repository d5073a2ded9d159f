// What stands around every view of the hosted page: side panel, banner, way back, foot.

import { root } from "./api.js";
import { consumerCard, outsideImage } from "./consumer.js";
import { drawing, element, picture } from "./element.js";

function sidePanel(context, clock) {
  const { claims, title } = context;
  const outside = (url, text) => (url ? element("li", {}, element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text)) : null);
  const links = [outside(claims.theme.privacy, "Privacy"), outside(claims.theme.terms, "Terms")].filter(Boolean);
  return element("aside", { class: "side" },
    element("div", { class: "brand" }, picture(outsideImage(context, claims.theme.logo), title, "logo"), element("span", {}, title)),
    consumerCard(context),
    claims.isolated ? null : element("nav", { "aria-label": "Vault" }, element("ul", {},
      element("li", {}, element("a", { href: "#/" }, "Connections")),
      claims.logs ? element("li", {}, element("a", { href: "#/logs" }, "Logs")) : null)),
    element("div", { class: "legal" },
      element("p", { class: "ends" }, drawing("clock"), element("span", {}, "Session ends in ", clock)),
      links.length > 0 ? element("ul", {}, links) : null));
}

// The address of this page with images of other hosts, or without.
function withImages(shown) {
  const query = new URLSearchParams(location.search);
  query.delete("images");
  if (shown) query.set("images", "all");
  return `${location.pathname}${query.size > 0 ? `?${query}` : ""}`;
}

// `images`: "own", "all", or undefined where there are none.
export function footer({ images, request, hint }) {
  const text = images === "all" ? "Hide images from other hosts" : "Show images from other hosts";
  const stay = (event) => (event.currentTarget.hash = location.hash);
  const others = element("a", { href: withImages(images !== "all"), on: { click: stay } }, text);
  return element("footer", { class: "foot" },
    hint ? element("p", {}, hint) : null,
    element("p", {}, "This is Vault Mock, a stand-in: nothing here reaches a real service."),
    element("p", {}, element("a", { href: `${root}_mock/requests/${encodeURIComponent(request ?? "")}` }, "Trace of this page"),
      images ? element("span", { class: "images", hidden: images !== "all" }, " · ", others) : null));
}

export function frame(context, main, clock, said) {
  const { claims, back } = context;
  const hint = back ? null : "To go back to the app, close this window: the session has no redirect_uri.";
  const foot = footer({ ...said, hint });
  context.offerImages = () => foot.querySelector(".images").removeAttribute("hidden");
  const skip = element("a", { class: "skip", href: "#main", on: { click: (event) => { event.preventDefault(); main.focus(); } } }, "Skip to content");
  const banner = claims.sandbox ? element("p", { class: "banner", role: "note" }, "Sandbox: what you connect here is for testing.") : null;
  const above = [
    back ? element("a", { href: back }, "← Back to the app") : null,
    claims.sidebar ? null : element("span", { class: "ends" }, "Session ends in ", clock),
  ].filter(Boolean);
  const column = element("div", { class: "column" }, banner, above.length > 0 ? element("p", { class: "above" }, above) : null, main, foot);
  return [skip, element("div", { class: claims.sidebar ? "frame" : "frame alone" }, claims.sidebar ? sidePanel(context, clock) : null, column)];
}
