// Replicas of the program on one store, each on a port of its own.

import { hostname } from "node:os";
import { join } from "node:path";
import { inTime, startIn, until } from "../../support/launch.js";
import { call } from "../../support/vault.js";
import { folder } from "./services.js";

const running = new Set();
const broken = [];

// Ends those that still run. Throws where one has ended by itself.
export function endReplicas() {
  for (const child of running) child.kill("SIGKILL");
  if (broken.length > 0) throw new Error(`replicas ended by themselves: ${broken.join("\n")}`);
}

// What others call a replica.
export const nameOf = ({ url }) => `${hostname()}:${new URL(url).port}`;

export const healthOf = async ({ url }) => (await call(`${url}/_mock/health`)).json;

export const startReplica = (store, args = []) =>
  startIn(join(folder(), "ready"), ["--store", store, ...args], {
    launched: ({ child, ended }) => {
      running.add(child);
      child.once("exit", () => running.delete(child));
      ended.then(({ code, signal, stdout, stderr }) => {
        if (code !== 0 && signal !== "SIGKILL") broken.push(`${signal ?? code}\n${stdout.slice(-2_000)}${stderr.slice(-4_000)}`);
      });
    },
  });

// Until the health of each is as `is` wants it.
export function allHealthy(replicas, what, is = ({ status }) => status === "ok") {
  let last;
  const look = async () => {
    last = await Promise.all(replicas.map(healthOf));
    return last.every(is) ? last : undefined;
  };
  return until(look, what).catch((error) => {
    throw new Error(`${error.message} Their health: ${JSON.stringify(last)}`);
  });
}

// Starts them, and waits until each knows all, and is as `is` wants it. `argsOf(i)`: options of the i-th.
export async function startReplicas(store, { count = 3, args = [], argsOf = () => args, is = ({ status }) => status === "ok" } = {}) {
  const replicas = await inTime(Promise.all(Array.from({ length: count }, (_, i) => startReplica(store, argsOf(i)))), "the start of replicas");
  await allHealthy(replicas, "all replicas knew each other", (health) =>
    is(health) && health.store.status === "ok" && health.store.replicas.length === count && health.store.replicas.every(({ late }) => !late));
  return replicas;
}
