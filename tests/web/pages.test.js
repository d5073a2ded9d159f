// Every test that needs a browser, in one process: starting Chromium and the program costs more than most tests. Each
// test has a browser context and a space of its own, so they run side by side.

import { describe } from "node:test";

describe("pages", { concurrency: 3 }, async () => {
  for (const name of ["settings", "connect", "popup", "weak", "reading", "hostile", "ended", "vault-js", "vault-js-options", "languages", "react-vault", "documented-app"]) await import(`./pages/${name}.js`);
});
