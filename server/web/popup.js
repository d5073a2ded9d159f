// A provider's page in a window of its own, as a page in a frame needs it: it must not lead the app's page away.

import { urlWith } from "./claims.js";

// The vendor's own page at the end of the flow (observed: its component names it always). The mock has it in its place.
const landing = "https://vault.apideck.com/oauth/callback";
const size = "popup,width=520,height=720";
const lookEvery = 200; // milliseconds

function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// `url` is a safe one. Must be called soon after a click, or the browser may block the window. → { blocked }, or, when the window is done or
// closed, { confirmToken, error } with what its last page said, if anything.
// Documented: the page posts oauth_complete with the nonce, or oauth_error; but behind some pages it cannot reach us.
export function askProvider(url) {
  const nonce = newNonce();
  const opened = window.open(urlWith(url, { redirect_uri: landing, nonce }), "_blank", size);
  if (!opened) return Promise.resolve({ blocked: true });
  return new Promise((resolve) => {
    let wasClosed = false;
    const finish = (result) => {
      clearInterval(timer);
      removeEventListener("message", listen);
      resolve(result);
    };
    const listen = ({ source, data }) => {
      if (source !== opened || data === null || typeof data !== "object") return;
      if (data.type === "oauth_complete" && data.nonce === nonce) finish({ confirmToken: data.confirmToken });
      if (data.type === "oauth_error") finish({ error: String(data.error) });
    };
    const timer = setInterval(() => {
      if (wasClosed) finish({}); // a round later: its last word may have been on the way
      wasClosed = opened.closed;
    }, lookEvery);
    addEventListener("message", listen);
  });
}
