// Speed and memory as ratios of one run: absolute figures of a shared machine are noise.

import { spawn, execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { contestants, here, pause, program, startMock } from "./servers.mjs";

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
    save: { type: "boolean", default: false },
  },
});
const connectionCounts = [1, 8, 64];
const mock = "vault-mock, everything on";
const stock = "stock httplib, a constant";

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];

async function load(server, connections, seconds) {
  const before = server.processorTime();
  const wrk = spawn("wrk", [`-t${Math.min(2, connections)}`, `-c${connections}`, `-d${seconds}s`, "-s", join(here, "post.lua"), `http://127.0.0.1:${server.port}`]);
  let output = "";
  wrk.stdout.setEncoding("utf8").on("data", (text) => (output += text));
  await once(wrk, "close");
  if (/Non-2xx|Socket errors/.test(output)) throw new Error(output);
  const requests = Number(output.match(/(\d+) requests in/)[1]);
  return { rate: Number(output.match(/Requests\/sec:\s+([\d.]+)/)[1]), micros: ((server.processorTime() - before) / requests) * 1e6 };
}

// In turns, so that what else the machine does hits all alike.
async function throughput() {
  const servers = {};
  for (const [name, start] of Object.entries(contestants)) {
    if (name.startsWith("nginx") && !existsSync("/usr/sbin/nginx")) continue;
    servers[name] = await start();
  }
  const runs = {};
  for (const connections of connectionCounts)
    for (let round = 0; round < Number(options.rounds); round++)
      for (const [name, server] of Object.entries(servers)) {
        process.stderr.write(`\r${connections} connections, round ${round + 1}: ${name}                    `);
        ((runs[name] ??= {})[connections] ??= []).push(await load(server, connections, Number(options.seconds)));
      }
  process.stderr.write("\n");
  for (const server of Object.values(servers)) await server.stop();
  return runs;
}

// From the start of the process to its first answer, as a script with a socket sees it.
async function startTimes(count) {
  const times = [];
  for (let i = 0; i < count; i++) {
    const out = execFileSync("node", [join(here, "first-answer.mjs"), program], { encoding: "utf8" });
    times.push(Number(out));
  }
  return times;
}

function throughputTable(runs) {
  const lines = ["| server | " + connectionCounts.map((c) => `${c} conn. | µs cpu`).join(" | ") + " |"];
  lines.push("|---" + "|---:|---:".repeat(connectionCounts.length) + "|");
  for (const [name, byConnections] of Object.entries(runs)) {
    const cells = connectionCounts.map((c) => {
      const ratios = byConnections[c].map((run, i) => run.rate / runs[stock][c][i].rate);
      return `${median(ratios).toFixed(2)} | ${median(byConnections[c].map((run) => run.micros)).toFixed(0)}`;
    });
    lines.push(`| ${name} | ${cells.join(" | ")} |`);
  }
  return lines.join("\n");
}

const runs = await throughput();
const starts = await startTimes(50);
const idle = await startMock();
await pause(200);
const idleMemory = idle.memory();
await load(idle, 64, Number(options.seconds) * 5);
const usedMemory = idle.memory();
await pause(300);
const stopTime = await idle.stop();

const report = `Answers per second as ratios of ${stock} (a pool of 64 threads), medians of ${options.rounds} rounds of
${options.seconds} s in turns, the vendor's example body; beside each the processor time of an answer.

${throughputTable(runs)}

| what | measured | wanted |
|---|---:|---:|
| ${mock} against stock httplib, 1 / 8 / 64 | ${connectionCounts.map((c) => median(runs[mock][c].map((r, i) => r.rate / runs[stock][c][i].rate)).toFixed(2)).join(" / ")} | 0.85 / 1.0 / 1.0 |
| against bare Node http, 64 | ${median(runs[mock][64].map((r, i) => r.rate / runs["bare Node http, a constant"][64][i].rate)).toFixed(2)} | 1.0 |
| start to first answer, median / p95 of ${starts.length} | ${median(starts).toFixed(1)} / ${percentile(starts, 0.95).toFixed(1)} ms | p95 10 ms |
| proportional set size, idle | ${idleMemory.toFixed(1)} MB | 8 MB |
| after ${Number(options.seconds) * 5} s of full load, journal on | ${usedMemory.toFixed(1)} MB | 25 MB |
| SIGTERM to exit, idle | ${stopTime.toFixed(0)} ms | 50 ms |
`;
console.log(report);
if (options.save) {
  const machine = `${cpus().length} cores of ${cpus()[0].model}, shared; Linux ${execFileSync("uname", ["-r"], { encoding: "utf8" }).trim()}`;
  const path = join(here, "RESULTS.md");
  const notes = existsSync(path) ? readFileSync(path, "utf8").split("\n## Notes")[1] : undefined;
  writeFileSync(path, `# Results\n\nMade by \`./dev bench --save\` on ${machine}.\n\n${report}${notes ? `\n## Notes${notes}` : ""}`);
}
