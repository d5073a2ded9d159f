// What stands around every view: side panel, banner, foot.

import { element, picture } from "./element.js";
import { root } from "./api.js";

const imageOf = (context, url) => (context.images ? url : null);

function consumerCard({ claims, images }) {
  const { account, user, email, image } = claims.consumer;
  const name = account || user || email || claims.consumerId;
  const lines = [account ? user : "", email].filter((line) => line && line !== name);
  return element("section", { class: "consumer", "aria-label": "Signed in as" },
    picture(images ? image : null, name, "portrait"),
    element("div", {}, element("strong", {}, name), lines.map((line) => element("span", {}, line))));
}

function sidePanel(context, clock) {
  const { claims, title } = context;
  const outside = (url, text) => (url ? element("li", {}, element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text)) : null);
  return element("aside", { class: "side" },
    element("div", { class: "brand" }, picture(imageOf(context, claims.theme.logo), title, "logo"), element("span", {}, title)),
    consumerCard(context),
    claims.isolated ? null : element("nav", { "aria-label": "Vault" }, element("ul", {},
      element("li", {}, element("a", { href: "#/" }, "Connections")),
      claims.logs ? element("li", {}, element("a", { href: "#/logs" }, "Logs")) : null)),
    element("div", { class: "legal" },
      element("p", {}, "Session ends in ", clock),
      element("ul", {}, outside(claims.theme.privacy, "Privacy"), outside(claims.theme.terms, "Terms"))));
}

export function footer({ images, request }) {
  const others = images === "all" ? element("a", { href: location.pathname }, "Hide images from other hosts")
    : element("a", { href: "?images=all" }, "Show images from other hosts");
  return element("footer", { class: "foot" },
    element("p", {}, "This is Vault Mock, a stand-in: nothing here reaches a real service."),
    element("p", {}, element("a", { href: `${root}_mock/requests/${encodeURIComponent(request ?? "")}` }, "Trace of this page"), " · ", others));
}

export function frame(context, main, clock, said) {
  const { claims } = context;
  const skip = element("a", { class: "skip", href: "#main", on: { click: (event) => { event.preventDefault(); main.focus(); } } }, "Skip to content");
  const banner = claims.sandbox ? element("p", { class: "banner" }, "Sandbox: what you connect here is for testing.") : null;
  const column = element("div", { class: "column" }, banner,
    claims.sidebar ? null : element("p", { class: "above" }, "Session ends in ", clock), main, footer(said));
  return [skip, element("div", { class: claims.sidebar ? "frame" : "frame alone" }, claims.sidebar ? sidePanel(context, clock) : null, column)];
}
