// Commands that take their time: compilers, package managers.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { cleanEnvironment } from "../support/program.js";

const run = promisify(execFile);

// Runs a command to its end → its standard output. A failure tells all that it printed.
export async function finished(command, args, options = {}) {
  try {
    const { stdout } = await run(command, args, { env: cleanEnvironment(), maxBuffer: 64e6, ...options });
    return stdout;
  } catch (error) {
    throw new Error(`${[command, ...args].join(" ")}: ${error.message}\n${error.stdout}${error.stderr}`);
  }
}
