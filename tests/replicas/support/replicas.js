// Replicas of the program on one store, each on a port of its own.

import { join } from "node:path";
import { inTime, startIn, until } from "../../support/launch.js";
import { call } from "../../support/vault.js";
import { folder } from "./services.js";

const running = new Set();
export const endReplicas = () => running.forEach((child) => child.kill("SIGKILL"));

export const healthOf = async ({ url }) => (await call(`${url}/_mock/health`)).json;

export const startReplica = (store, args = []) =>
  startIn(join(folder(), "ready"), ["--store", store, ...args], {
    launched: ({ child }) => {
      running.add(child);
      child.once("exit", () => running.delete(child));
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
