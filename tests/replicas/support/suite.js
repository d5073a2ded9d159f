// For the test files: what they started ends with them.

import { after } from "node:test";
import { suiteWith } from "../../support/sdk.js";
import { endReplicas } from "./replicas.js";
import { endAll, needs } from "./services.js";

after(() => {
  endAll();
  endReplicas();
});

// A suite, or where one of these is not installed a test that is skipped.
export const suite = (title, names, body) => suiteWith(title, needs(...names), body);

export { each, isSanitized } from "../../hostile/support.js";
