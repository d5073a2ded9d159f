// The page of a session that is over, or never was: which way it ended, and what to do about it.

import { drawing, element, ending } from "./element.js";
import { t } from "./words.js";

const endings = {
  expired: () => ["clock", t("This session has expired"), t("Sessions are short-lived on purpose. Go back to the app you came from and open this page again from there.")],
  revoked: () => ["barred", t("This session was revoked"), t("Whoever runs the app ended it. Go back to the app you came from and open this page again from there.")],
  broken: () => ["broken", t("This link is broken"), t("The token is not one that this mock handed out in this space: it is incomplete, changed, or signed with another secret.")],
  refused: () => ["barred", t("This session is not accepted"), t("The API refused the session's token.")],
};

// `way`: the button that leads on, if there is one. `error`: what the API said.
export function endingOf(kind, { error, way }) {
  const [mark, title, text] = (endings[kind] ?? endings.broken)();
  return ending(drawing(mark, "mark"), title,
    element("p", {}, text),
    error ? element("p", { class: "hint" }, error.message) : null,
    error?.requestId ? element("p", { class: "hint" }, `${t("Request id")}: ${error.requestId}`) : null,
    way ? element("div", { class: "actions" }, way) : null);
}
