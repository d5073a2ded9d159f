// Load from wrk, and what can be said of several rounds of it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { here } from "./servers.mjs";

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
export const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];

const toMicros = { us: 1, ms: 1e3, s: 1e6, m: 60e6 };

// How long that share of the answers took at most, in microseconds, by the words of wrk.
const latency = (output, share) => {
  const [, number, unit] = output.match(new RegExp(`^ +${share}%\\s+([\\d.]+)(us|ms|s|m)$`, "m"));
  return Number(number) * toMicros[unit];
};

// → { rate: answers a second, micros: the server's processor time for one, requests, half and most: how long the median and the
// 99th percentile took, in microseconds }. `kind`: see post.lua.
export async function load(server, { connections, seconds, kind = "plain" }) {
  const before = server.processorTime();
  const url = `http://127.0.0.1:${server.port}`;
  const wrk = spawn("wrk", [`-t${Math.min(2, connections)}`, `-c${connections}`, `-d${seconds}s`, "--timeout", "30s", "--latency", "-s", join(here, "post.lua"), url, "--", kind],
    { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  wrk.stdout.setEncoding("utf8").on("data", (text) => (output += text));
  await once(wrk, "close");
  const requests = Number(output.match(/(\d+) requests in/)?.[1] ?? 0);
  if (!requests || /Non-2xx|Socket errors/.test(output)) throw new Error(`wrk at port ${server.port}, ${kind}:\n${output}`);
  return {
    rate: Number(output.match(/Requests\/sec:\s+([\d.]+)/)[1]), micros: ((server.processorTime() - before) / requests) * 1e6, requests,
    half: latency(output, 50), most: latency(output, 99),
  };
}

// Runs each of the named actions in turns, so that what else the machine does hits all alike. → { name: [result, …] }
export async function inTurns(rounds, actions, tell) {
  const results = {};
  for (let round = 1; round <= rounds; ++round)
    for (const [name, action] of Object.entries(actions)) {
      tell(`round ${round} of ${rounds}: ${name}`);
      (results[name] ??= []).push(await action());
    }
  return results;
}

// The processor time of one answer over all rounds: the quiet ones, with more answers, count for more.
export function microsOfOne(runs) {
  const sum = (of) => runs.map(of).reduce((a, b) => a + b);
  return sum((run) => run.micros * run.requests) / sum((run) => run.requests);
}

// How many of the others' answers fit into the processor time of one of these: what other work on the machine disturbs
// least.
export const byWork = (some, others) => microsOfOne(others) / microsOfOne(some);

// The median of the ratios of one round each.
export const ratio = (some, others) => median(some.map((run, round) => run.rate / others[round].rate));
