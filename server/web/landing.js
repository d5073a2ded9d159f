// Where the OAuth flow ends when the app names no page of its own: it tells the app that opened it how the flow ended, and
// closes. As the vendor's page does (observed in its source): only a flow in two steps or a failure has a message.

import { drawing, element, ending } from "./element.js";
import { footer } from "./frame.js";
import { landed } from "./landed.js";

const { opener, request } = document.documentElement.dataset; // said by the server
const page = document.getElementById("page");
const { message, mark, title, text } = landed(location);
const reachable = opener !== "severed" && window.opener !== null;

if (message && reachable) window.opener.postMessage(message, "*");
const lost = message && !reachable ? "The page that opened this window cannot be reached: it is not told how the authorization ended." : null;
page.replaceChildren(
  ending(drawing(mark, "mark"), title, element("p", {}, text), lost ? element("p", { class: "hint" }, lost) : null), footer({ request }));
if (reachable) window.close();
