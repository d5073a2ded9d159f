// The packages as users get them: packed once for a test file, and installed in folders that know nothing of the project.

import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanEnvironment, program, root, temporaryFolder } from "../support/program.js";

export const processor = process.arch === "arm64" ? "arm64" : "x64";
export const packer = join(root, "clients/node/pack.mjs");

// Runs a command to its end. → { code, stdout, stderr }
export function run(command, args, { env = {}, cwd } = {}) {
  return new Promise((resolve) => {
    const options = { cwd, env: cleanEnvironment({ NO_COLOR: "1", NODE_TEST_CONTEXT: undefined, ...env }), maxBuffer: 64e6 };
    execFile(command, args, options, (error, stdout, stderr) => resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr }));
  });
}

// The same for a command that is to succeed. → its standard output
export async function succeed(command, args, options) {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code}\n${stdout}${stderr}`);
  return stdout;
}

export const pack = async (folder, ...programs) =>
  (await succeed(process.execPath, [packer, folder, ...programs])).trim().split("\n");

let packed;
export const tarballs = () => (packed ??= pack(temporaryFolder(), `linux-${processor}=${program}`));

// An empty project with the packages, by npm without network and without a cache.
export async function project(files = {}) {
  const folder = temporaryFolder();
  const env = { npm_config_cache: temporaryFolder(), npm_config_offline: "true" };
  await succeed("npm", ["install", "--save-dev", "--no-audit", "--no-fund", ...(await tarballs())], { cwd: folder, env });
  return write(folder, files);
}

export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const here = fileURLToPath(new URL("node_modules", import.meta.url));
export const tool = (name) => join(here, ".bin", name);

// Lets a project have what is installed for these tests: frameworks, TypeScript.
export function lend(folder, ...names) {
  for (const name of names) {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(join(here, name), join(folder, "node_modules", name));
  }
  return folder;
}
