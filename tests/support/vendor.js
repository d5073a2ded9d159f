// The vendor's own description of the API. It is not part of the project: what needs it is skipped where it is not at hand.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./launch.js";

// The vendor's file, looked for beside the project and beside each folder that the project is in. undefined: not there.
function lookedFor() {
  for (let folder = root; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(dirname(folder), "shared/vendor-openapi/vault.yml");
    if (existsSync(file)) return file;
  }
  return undefined;
}

export const vendorsFile = lookedFor();
// For a test that cannot run without it. test("…", withVendorsFile, () => …)
export const withVendorsFile = vendorsFile ? {} : { skip: "the vendor's vault.yml is not in shared/vendor-openapi beside the project" };
