// Whose session it is, and whether the pictures that it names are shown.

import { element, picture } from "./element.js";
import { t } from "./words.js";

// An image of another host when those are shown; else null, and the foot offers to show them.
export function outsideImage(context, url) {
  if (url && !context.images) context.offerImages?.();
  return context.images ? url : null;
}

// Null where the token names nobody, as a broken one.
export function consumerCard(context) {
  const { account, user, email, image } = context.claims.consumer;
  const name = account || user || email || context.claims.consumerId;
  if (!name) return null;
  const lines = [account ? user : "", email].filter((line) => line && line !== name);
  return element("section", { class: "consumer", "aria-label": t("Signed in as") },
    picture(outsideImage(context, image), name, "portrait"),
    element("div", {}, element("strong", {}, name), lines.map((line) => element("span", {}, line))));
}
