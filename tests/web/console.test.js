// The console at /_mock/, in one process: starting Chromium and the program costs more than most tests.

import { describe } from "node:test";

describe("console", { concurrency: 3 }, async () => {
  for (const name of ["filter", "stream", "why", "views", "presenter", "looks", "access"]) await import(`./console/${name}.js`);
});
