// What becomes of a call of the API that fails while a page is open.

import { announce } from "./element.js";
import { wordsOf } from "./views.js";

// Gives `context` its isRefused(error) and attempt(work, place). `watch` is that of the session; `end(kind, error)` ends
// the page.
export function takeFailures(context, watch, end) {
  // Whether what a view shows was refused to this session, which ends the page: by its own end, where that is why.
  context.isRefused = async (error) => {
    if (error.status !== 401) return false;
    if ((await watch.look()) === "active") {
      watch.stop();
      end("refused", error);
    }
    return true;
  };
  // An action that fails is said in `place`, and the view stays; undefined then. A 401 may be of the action alone, as a
  // token for confirmation that is not good.
  context.attempt = async (work, place) => {
    try {
      return await work();
    } catch (error) {
      if (error.status !== 401 || (await watch.look()) === "active") announce(wordsOf(error), "trouble", place);
      return undefined;
    }
  };
}
