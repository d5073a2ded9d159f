// A redis-server, or three of them as a cluster.

import assert from "node:assert/strict";
import { join } from "node:path";
import { freePort, runCommand } from "../../support/launch.js";
import { folder, places, serve } from "./services.js";

// `keeps`: what was written is there again after a restart. `tls`: what startAuthority() issued. `more`: further options.
// → { url, port, ask(...words), freeze(), thaw(), kill(), startAgain() }
export async function startRedis({ keeps = false, password, tls, more = () => [] } = {}) {
  const [port, home] = [await freePort(), folder()];
  const options = [
    "--bind", "127.0.0.1", ...(tls ? ["--port", "0", "--tls-port", `${port}`] : ["--port", `${port}`]),
    "--dir", home, "--save", "", "--appendonly", keeps ? "yes" : "no", "--appendfsync", "always",
    ...(password ? ["--requirepass", password] : []),
    ...(tls ? ["--tls-cert-file", tls.certificate, "--tls-key-file", tls.key, "--tls-ca-cert-file", tls.authority, "--tls-auth-clients", "no"] : []),
    ...more(home),
  ];
  const identity = [...(password ? ["--no-auth-warning", "-a", password] : []), ...(tls ? ["--tls", "--cacert", tls.authority] : [])];
  const redis = { port, home };

  const cli = [places.cli, "-h", "127.0.0.1", "-p", `${port}`, ...identity];
  // Several commands as lines, one behind the other without a pause.
  redis.askAll = async (lines) => {
    const { code, stdout, stderr } = await runCommand("sh", ["-c", 'printf "%s\\n" "$ALL" | "$@"', "sh", ...cli], { env: { ALL: lines.join("\n") } });
    if (code !== 0 || /^\(?(ERR|error|[A-Z]+) .*$/m.test(stdout)) throw new Error(`redis-cli ${lines.join("\n")}: ${stdout}${stderr}`);
  };
  // One command, by redis-cli. → its reply as text
  redis.ask = async (...words) => {
    const { code, stdout, stderr } = await runCommand(cli[0], [...cli.slice(1), "--raw", ...words]);
    if (code !== 0 || /^(ERR|[A-Z]+) .*\n$/.test(stdout)) throw new Error(`redis-cli ${words.join(" ")}: ${stdout}${stderr}`);
    return stdout.trim();
  };
  redis.startAgain = async () => {
    redis.server = await serve(places.redis, options, async () => (await redis.ask("ping")) === "PONG");
  };
  redis.freeze = () => redis.server.signal("SIGSTOP");
  redis.thaw = () => redis.server.signal("SIGCONT");
  redis.kill = () => redis.server.kill();
  const secret = password ? `:${encodeURIComponent(password)}@` : "";
  redis.url = `${tls ? "rediss" : "redis"}://${secret}127.0.0.1:${port}`;
  await redis.startAgain();
  return redis;
}

const inCluster = (busPort) => (home) => [
  "--cluster-enabled", "yes", "--cluster-config-file", join(home, "nodes.conf"), "--cluster-node-timeout", "5000",
  "--cluster-port", `${busPort}`, "--cluster-announce-ip", "127.0.0.1",
];

// Three masters. → { url, nodes, ownerOf(slot), slotOf(key), move(slot) }
export async function startCluster() {
  const nodes = [];
  for (let i = 0; i < 3; i++) {
    const bus = await freePort();
    nodes.push(Object.assign(await startRedis({ more: inCluster(bus) }), { bus }));
  }
  for (const node of nodes) node.id = await node.ask("cluster", "myid");
  const addresses = nodes.map(({ port, bus }) => `127.0.0.1:${port}@${bus}`);
  const made = await runCommand(places.cli, ["--cluster", "create", ...addresses, "--cluster-replicas", "0", "--cluster-yes"]);
  assert.equal(made.code, 0, made.stdout + made.stderr);

  const slotOf = async (key) => Number(await nodes[0].ask("cluster", "keyslot", key));
  const ownerOf = async (slot) => {
    for (const node of nodes) {
      const own = (await node.ask("cluster", "nodes")).split("\n").find((line) => line.includes("myself")).split(" ").slice(8);
      const ranges = own.filter((range) => !range.startsWith("[")).map((range) => range.split("-").map(Number));
      if (ranges.some(([first, last = first]) => slot >= first && slot <= last)) return node;
    }
    throw new Error(`nobody has slot ${slot}`);
  };

  const keysIn = async (node, slot) => (await node.ask("cluster", "getkeysinslot", `${slot}`, "20")).split("\n").filter(Boolean);

  // Moves a slot to the next master, as redis-cli does, but in two halves: its keys are apart for a moment.
  // → how many keys were moved
  const move = async (slot) => {
    const from = await ownerOf(slot);
    const to = nodes[(nodes.indexOf(from) + 1) % nodes.length];
    await to.ask("cluster", "setslot", `${slot}`, "importing", from.id);
    await from.ask("cluster", "setslot", `${slot}`, "migrating", to.id);
    let moved = 0;
    for (let keys; (keys = await keysIn(from, slot)).length > 0; moved += keys.length) {
      const half = Math.ceil(keys.length / 2);
      await from.askAll([keys.slice(0, half), keys.slice(half)].filter((some) => some.length > 0)
        .map((some) => `migrate 127.0.0.1 ${to.port} "" 0 5000 keys ${some.map((key) => JSON.stringify(key)).join(" ")}`));
    }
    for (const node of [to, from, ...nodes]) await node.ask("cluster", "setslot", `${slot}`, "node", to.id);
    return moved;
  };
  return { url: nodes[0].url, nodes, slotOf, ownerOf, move };
}
