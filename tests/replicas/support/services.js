// Programs of others that these tests need: a store and two balancers. Each runs on free ports of 127.0.0.1 in a folder of
// its own, and ends with who imported this: whoever does calls endAll().

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { inTime, launch, until } from "../../support/launch.js";

const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
const placeOf = (...names) =>
  names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));

// Where a program is. undefined: nowhere.
export const places = {
  redis: placeOf("redis-server", "valkey-server"),
  cli: placeOf("redis-cli", "valkey-cli"),
  haproxy: placeOf("haproxy"),
  nginx: placeOf("nginx"),
  openssl: placeOf("openssl"),
};
const packages = { redis: "redis-server", cli: "redis-tools", haproxy: "haproxy", nginx: "nginx", openssl: "openssl" };

// For suiteWith(): what a suite needs of `places`. → { skip }, a reason or false
export function needs(...names) {
  const missing = names.filter((name) => !places[name]).map((name) => packages[name]);
  return { skip: missing.length > 0 && `not installed: ${missing.join(", ")}` };
}

const running = new Set();
const scratch = [];

export function folder() {
  scratch.push(mkdtempSync(join(tmpdir(), "vault-mock-replicas-")));
  return scratch.at(-1);
}

export function endAll() {
  for (const child of running) child.kill("SIGKILL");
  for (const one of scratch) rmSync(one, { recursive: true, force: true });
}

// Starts a program, and waits until `answers()` resolves to true.
// → what launch() has, and signal(name), which returns at once, and kill(), which returns when it has ended
export async function serve(command, args, answers) {
  const server = launch(command, args);
  running.add(server.child);
  server.ended.then(() => running.delete(server.child));
  server.signal = (name) => server.child.kill(name);
  server.kill = (name = "SIGKILL") => {
    server.signal(name);
    return inTime(server.ended, `the end of ${command} after ${name}`);
  };
  await until(async () => ((await answers().catch(() => false)) ? true : undefined), `${command} answered`, server);
  return server;
}
