// ./dev bench: speed and memory as ratios of one run. Absolute figures of a shared machine are noise.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { byWork, inTurns, load, median, microsOfOne, percentile, ratio } from "./load.mjs";
import { check, machine, save, table } from "./report.mjs";
import { contestants, names, pause, program, scratch, startMock, startStock, tool } from "./servers.mjs";

const usage = `Usage: ./dev bench [--all] [--seconds N] [--rounds N] [--requests N] [--only PART,…] [--save]

  --all         Prism, Mockoon, openapi-backend and WireMock too: installs them with npm; WireMock wants a java
  --seconds N   length of one load [1]
  --rounds N    each load so often, in turns; the median counts [10]
  --requests N  requests before memory is measured [1000000]
  --only PARTS  of: servers crowd idle cliffs start memory
  --save        write tests/bench/RESULTS.md; its notes stay`;

const parts = { servers: compareServers, crowd: measureCrowd, idle: measureIdle, cliffs: measureCliffs, start: measureStart, memory: measureMemory };

function readWords() {
  const number = (fallback) => ({ type: "string", default: String(fallback) });
  try {
    const { values } = parseArgs({
      options: {
        all: { type: "boolean" }, save: { type: "boolean" }, help: { type: "boolean", short: "h" },
        seconds: number(1), rounds: number(10), requests: number(1_000_000), only: { type: "string", default: Object.keys(parts).join() },
      },
    });
    const only = values.only.split(",");
    const unknown = only.find((part) => !(part in parts));
    if (unknown !== undefined) throw new Error(`There is no part ${unknown}.`);
    for (const name of ["seconds", "rounds", "requests"]) {
      if (!/^[1-9]\d*$/.test(values[name])) throw new Error(`--${name} takes a number of 1 or more, not ${values[name]}.`);
      values[name] = Number(values[name]);
    }
    return { ...values, only };
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

const options = readWords();
if (options.help) {
  console.log(usage);
  process.exit(0);
}
const { seconds, rounds } = options;
const tell = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);

// The mock against programs that answer a constant, and against other mocks ---------------------------------------

async function compareServers() {
  const counts = [1, 8, 64];
  const starters = { ...contestants, ...(options.all ? (await import("./rivals.mjs")).rivals() : {}) };
  const servers = {};
  for (const [name, start] of Object.entries(starters)) servers[name] = await start();
  const runs = {};
  for (const connections of counts) {
    const actions = Object.fromEntries(Object.entries(servers).map(([name, server]) => [name, () => load(server, { connections, seconds })]));
    runs[connections] = await inTurns(rounds, actions, (what) => tell(`${connections} connections, ${what}`));
  }
  for (const server of Object.values(servers)) await server.stop();

  const rows = Object.keys(servers).map((name) => [name, ...counts.flatMap((c) =>
    [ratio(runs[c][name], runs[c][names.stock]).toFixed(2), microsOfOne(runs[c][name]).toFixed(0)])]);
  const against = (other, connections) => ratio(runs[connections][names.mock], runs[connections][other]);
  const work = (other, connections) => `by processor time ${byWork(runs[connections][names.mock], runs[connections][other]).toFixed(2)}`;
  const others = Object.keys(servers).filter((name) => !(name in contestants));
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
      ...others.map((name) => check(`times ${name}, 64 connections (${work(name, 64)})`, against(name, 64),
        { least: name.startsWith("Prism") ? 15 : undefined, digits: 1 })),
      ...(others.length ? [check("times the fastest of these", ratio(runs[64][names.mock], runs[64][names.stock]) / fastest, { least: 5, digits: 1 })] : []),
    ],
  };
}

// Many clients ----------------------------------------------------------------------------------------------------

async function measureCrowd() {
  tell("1,000 clients at once");
  const server = await startMock();
  const crowd = JSON.parse(execFileSync(tool("clients"), ["ask", server.port, "1000", String(seconds * 3)], { encoding: "utf8" }));
  await server.stop();
  return {
    checks: [
      check("1,000 clients at once: answers to the one served least, of the average", crowd.least / (crowd.requests / 1000), { least: 0.5 }),
      check(`their waiting: 99th percentile (${crowd.p99_ms.toFixed(0)} ms), of the median (${crowd.median_ms.toFixed(0)} ms)`, crowd.p99_ms / crowd.median_ms, { most: 10, digits: 1 }),
    ],
  };
}

// What the kernel holds in small pieces, sockets among them, in KB.
const kernelMemory = () => Number(readFileSync("/proc/meminfo", "utf8").match(/^SUnreclaim:\s+(\d+)/m)[1]);

async function measureIdle() {
  const count = 10_000;
  const server = await startMock();
  const atFirst = server.descriptors();  // one of them may be the connection that asked whether it is up
  const connected = async (is) => {
    for (let i = 0; !is(server.descriptors() - atFirst); ++i) {
      if (i === 1200) throw new Error(`${server.descriptors() - atFirst} connections, which is not what was expected`);
      await pause(50);
    }
  };
  const askMeanwhile = () => load(server, { connections: 8, seconds });
  const crowded = [], alone = [], costs = [], kernel = [];
  for (let round = 1; round <= rounds; ++round) {
    tell(`10,000 idle connections, round ${round}`);
    const [memory, slab] = [server.memory(), kernelMemory()];
    const holder = spawn(tool("clients"), ["hold", server.port, String(count)], { stdio: ["pipe", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    await connected((connections) => connections >= count - 1);
    costs.push((server.memory() - memory) / count);
    kernel.push((kernelMemory() - slab) / count);
    crowded.push(await askMeanwhile());
    holder.stdin.end();
    await once(holder, "close");
    await connected((connections) => connections <= 0);
    alone.push(await askMeanwhile());
    await connected((connections) => connections <= 0);
  }
  await server.stop();
  return {
    checks: [
      check(`10,000 idle connections: answers to 8 others by processor time, of those without (by rate ${ratio(crowded, alone).toFixed(2)})`, byWork(crowded, alone), { least: 0.9 }),
      check("memory of one idle connection, before any request", costs[0], { most: 30, unit: "KB" }),
      check("the kernel's, for both its ends, as far as the rest of the machine is still", median(kernel), { unit: "KB", digits: 1 }),
    ],
  };
}

// What must not be a cliff ----------------------------------------------------------------------------------------

// `when` makes the condition of the i-th rule, none of which holds.
function manyRules(when) {
  const file = join(scratch(), "many.json");
  const rules = Array.from({ length: 10_000 }, (_, i) => ({ name: `rule ${i}`, when: when(i), respond: { error: 402 } }));
  writeFileSync(file, JSON.stringify({ rules }));
  return file;
}

async function measureCliffs() {
  const [plain, stock] = [await startMock(), await startStock()];
  const ruled = await startMock([manyRules((i) => ({ consumer_id: `customer-${i}` }))]);
  const searching = await startMock([manyRules((i) => ({ body: { "/theme/vault_name": `vault ${i}` } }))]);
  const run = (server, kind) => () => load(server, { connections: 8, seconds, kind });
  const runs = await inTurns(rounds, {
    plain: run(plain, "plain"), close: run(plain, "close"), large: run(plain, "large"), spaces: run(plain, "spaces"), rules: run(ruled, "plain"), searched: run(searching, "plain"),
    "stock, close": run(stock, "close"), "stock, large": run(stock, "large"),
  }, tell);
  for (const server of [plain, ruled, searching, stock]) await server.stop();
  const cliff = (what, some, other, aims) => check(`${what} (by rate ${ratio(runs[some], runs[other]).toFixed(3)})`, byWork(runs[some], runs[other]), aims);
  return {
    checks: [
      cliff("By processor time: a new connection for each request, of keep-alive", "close", "plain", { least: 0.3 }),
      cliff(`the same, of ${names.stock}`, "close", "stock, close"),
      cliff("bodies of 64 KB, and tokens as long, of the example body, 77 times as short", "large", "plain", { least: 1 / 77, digits: 3 }),
      cliff("the same, of stock httplib, which answers 3 KB", "large", "stock, large"),
      cliff("10,000 rules, each for a consumer, of the defaults", "rules", "plain", { least: 0.5 }),
      cliff("10,000 rules that look into the body, so that each is tried", "searched", "plain", { digits: 3 }),
      cliff("1,000 spaces, of one", "spaces", "plain", { least: 0.5 }),
    ],
  };
}

// Start, end and memory -------------------------------------------------------------------------------------------

function measureStart() {
  tell("50 starts");
  const times = JSON.parse(execFileSync(tool("first_answer"), ["50", program, "--log-level", "off"], { encoding: "utf8" }));
  const { first_answer_ms: first, exit_ms: exit, processor_ms: work } = times;
  return {
    checks: [
      check(`start to first answer, 95th percentile of 50 (median ${median(first).toFixed(1)} ms)`, percentile(first, 0.95), { most: 10, unit: "ms", digits: 1 }),
      check("processor time of start, one answer and end, median", median(work), { unit: "ms", digits: 1 }),
      check(`SIGTERM to exit when idle, 95th percentile (median ${median(exit).toFixed(1)} ms)`, percentile(exit, 0.95), { most: 50, unit: "ms", digits: 1 }),
    ],
  };
}

async function measureMemory() {
  const server = await startMock();
  const megabytes = () => server.memory() / 1024;
  await pause(200);
  const idle = megabytes();
  let answered = 0;
  while (answered < options.requests) {
    tell(`memory: ${answered} of ${options.requests} requests`);
    answered += (await load(server, { connections: 64, seconds: 5 })).requests;
  }
  const used = megabytes();
  await server.stop();
  return {
    checks: [
      check("proportional set size, idle", idle, { most: 8, unit: "MB", digits: 1 }),
      check(`after ${answered} requests of as many consumers, journal on`, used, { most: 25, unit: "MB", digits: 1 }),
    ],
  };
}

const where = machine();
const results = [];
for (const part of options.only) results.push(await parts[part]());
tell("");
const texts = results.flatMap(({ text }) => text ?? []);
const report = [...texts, table(["what", "measured", "aim", "met"], results.flatMap(({ checks }) => checks))].join("\n\n") + "\n";
console.log(report);
if (options.save) console.error(`Written: ${save(report, where)}`);
process.exit(0);
