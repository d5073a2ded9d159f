// The mock against programs that answer a constant, and against other mocks.

import { byWork, inTurns, load, microsOfOne, ratio } from "../load.mjs";
import { check, table } from "../report.mjs";
import { contestants, names } from "../servers.mjs";

const counts = [1, 8, 64];
const ofNginx = { 1: 0.95, 8: 0.75, 64: 0.65 };  // what the mock aims at

export async function compareServers({ seconds, rounds, all, tell }) {
  const { starters, missing } = contestants();
  const rivals = all ? (await import("../rivals.mjs")).rivals() : {};
  const servers = {};
  for (const [name, start] of Object.entries({ ...starters, ...rivals })) servers[name] = await start();
  const runs = {};
  for (const connections of counts) {
    const actions = Object.fromEntries(Object.entries(servers).map(([name, server]) => [name, () => load(server, { connections, seconds })]));
    runs[connections] = await inTurns(rounds, actions, (what) => tell(`${connections} connections, ${what}`));
  }
  for (const server of Object.values(servers)) await server.stop();

  const measured = Object.keys(servers).map((name) => [name, ...counts.flatMap((c) =>
    [ratio(runs[c][name], runs[c][names.stock]).toFixed(2), microsOfOne(runs[c][name]).toFixed(0)])]);
  const rows = [...measured, ...Object.entries(missing).map(([name, why]) => [name, why, ...Array(2 * counts.length - 1).fill("")])];
  const against = (other, connections) => ratio(runs[connections][names.mock], runs[connections][other]);
  const work = (other, connections) => `by processor time ${byWork(runs[connections][names.mock], runs[connections][other]).toFixed(2)}`;
  const others = Object.keys(rivals);
  const fastest = Math.max(...others.map((name) => ratio(runs[64][name], runs[64][names.stock])));
  return {
    text: `Answers a second, as ratios to ${names.stock} (64 threads, no delay), medians of ${rounds} rounds of ${seconds} s
in turns; beside each the processor time of one answer in microseconds. The vendor's example body, another consumer and account
in each request.

${table(["server", ...counts.flatMap((c) => [`${c} conn.`, "µs"])], rows)}`,
    checks: [
      check(`${names.mock}, of ${names.stock}, 1 connection (${work(names.stock, 1)})`, against(names.stock, 1), { least: 0.85 }),
      check(`the same, 8 connections (${work(names.stock, 8)})`, against(names.stock, 8), { least: 1 }),
      check(`the same, 64 connections (${work(names.stock, 64)})`, against(names.stock, 64), { least: 1 }),
      check(`of ${names.node}, 64 connections (${work(names.node, 64)})`, against(names.node, 64), { least: 1 }),
      ...(names.nginx in servers ? counts.map((c) => check(`of ${names.nginx}, ${c} connection${c > 1 ? "s" : ""} (${work(names.nginx, c)})`, against(names.nginx, c), { least: ofNginx[c] })) : []),
      ...others.map((name) => check(`times ${name}, 64 connections (${work(name, 64)})`, against(name, 64),
        { least: name.startsWith("Prism") ? 15 : undefined, digits: 1 })),
      ...(others.length ? [check("times the fastest of these", ratio(runs[64][names.mock], runs[64][names.stock]) / fastest, { least: 5, digits: 1 })] : []),
    ],
  };
}
