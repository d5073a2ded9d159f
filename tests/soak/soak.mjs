// A soak: the program under full load for minutes, while its rule files are saved (and broken) every second, spaces are
// made, reset and forgotten, time travels, faults are provoked and clients vanish. Every answer is checked. At the end
// memory, threads and descriptors must be flat, and the program must end in order.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root, startIn, vitals } from "../support/launch.js";
import { RuleFile } from "./rule-file.mjs";
import { dropper, faulty, heavy, impatient, lister, listener, visitor, reader } from "./clients.mjs";
import { crowd } from "./crowd.mjs";

const minutes = Number(process.argv[2] ?? 10);
if (!(minutes > 0)) {
  console.error("./dev soak takes a number of minutes");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "vault-mock-soak-"));
const wrong = [];
const report = { wrong: (text) => wrong.push(text) && wrong.length <= 20 && console.error(`wrong: ${text}`), checked: {} };

const shown = ({ megabytes, threads, descriptors }) => `${megabytes.toFixed(1)} MB, ${threads} threads, ${descriptors} descriptors`;

const rules = new RuleFile(join(folder, "rules"));
const mock = await startIn(join(folder, "ready"), [rules.folder, "--max-spaces", "100"], { wrap: ([program, ...words]) => ["sh", "-c", 'echo started; exec "$@" >/dev/null 2>&1', "sh", program, ...words] });
const { url } = mock;
const atFirst = vitals(mock);
console.log(`at first: ${shown(atFirst)}`);

// The load -------------------------------------------------------------------------------------------
const until = Date.now() + minutes * 60_000;
const isOver = () => Date.now() >= until || mock.hasEnded();
const wrk = spawn("wrk", ["-t1", "-c32", `-d${Math.ceil(minutes * 60)}s`, "--timeout", "30s", "-s", join(root, "tests/bench/post.lua"), `${url}/vault/sessions`]);
let wrkSays = "";
wrk.stdout.on("data", (text) => (wrkSays += text));
const wrkEnd = once(wrk, "close");

const many = (count, client) => Array.from({ length: count }, (_, number) => client({ url, number, isOver, report, rules }));
const clients = [...many(8, visitor), ...many(6, faulty), ...many(2, dropper), ...many(2, listener), ...many(2, reader), ...many(1, lister), ...many(1, heavy), ...many(2, impatient), crowd({ folder, isOver, report }), rules.keepSaving(isOver)];

const samples = [];
const every = Math.max(1000, (minutes * 60_000) / 60);
const sampler = (async () => {
  for (let next = Date.now() + every; !isOver(); next += every) {
    await sleep(Math.max(0, next - Date.now()));
    if (mock.hasEnded()) return;
    samples.push(vitals(mock));
    if (samples.length % 6 === 0) console.log(`${((samples.length * every) / 60_000).toFixed(1)} min: ${shown(samples.at(-1))}`);
  }
})();
await Promise.all([...clients, sampler, wrkEnd]);

// The verdict ----------------------------------------------------------------------------------------
const peak = (part, name) => Math.max(...part.map((sample) => sample[name]));
const part = (from, to) => samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to));
const early = part(0.25, 0.5), late = part(0.75, 1);
if (mock.hasEnded()) wrong.push(`the program ended by itself: ${mock.child.exitCode ?? mock.child.signalCode}`);
else {
  let last = vitals(mock);
  for (let i = 0; i < 300 && (last.descriptors > atFirst.descriptors || last.threads > atFirst.threads + 2); i++) {
    await sleep(100);
    last = vitals(mock);
  }
  console.log(`at last: ${shown(last)}`);
  if (last.descriptors > atFirst.descriptors) wrong.push(`${last.descriptors} descriptors are left, of ${atFirst.descriptors} at first`);
  if (last.threads > atFirst.threads + 2) wrong.push(`${last.threads} threads are left, of ${atFirst.threads} at first`);
  const allowed = peak(early, "megabytes") * 1.05 + 4;
  // In a short run the journals are still filling.
  if (minutes >= 5 && peak(late, "megabytes") > allowed) wrong.push(`memory grows: ${peak(early, "megabytes").toFixed(1)} MB in the second quarter, ${peak(late, "megabytes").toFixed(1)} MB in the last`);
  const { code } = await mock.kill("SIGTERM");
  if (code !== 0) wrong.push(`the program ended with ${code} after SIGTERM`);
}
const requests = Number(/(\d+) requests in/.exec(wrkSays)?.[1] ?? 0);
const rate = /Requests\/sec:\s+([\d.]+)/.exec(wrkSays)?.[1];
if (requests === 0) wrong.push(`wrk got no answers: ${wrkSays}`);
const bad = /Non-2xx or 3xx responses: (\d+)/.exec(wrkSays) ?? /Socket errors: .*/.exec(wrkSays);
if (bad) wrong.push(`wrk: ${bad[0]}`);
rmSync(folder, { recursive: true, force: true });

console.log(`${requests} sessions by wrk (${rate} a second), every one a 200`);
for (const [what, count] of Object.entries(report.checked).sort()) console.log(`${count} ${what}`);
console.log(`${rules.saved} saves of the rule file, ${rules.broken} of them broken`);
console.log(`peak memory: ${peak(early, "megabytes").toFixed(1)} MB in the second quarter, ${peak(late, "megabytes").toFixed(1)} MB in the last`);
console.log(wrong.length === 0 ? minutes >= 5 ? "ok: flat, and no wrong answer" : "ok: no wrong answer" : `FAILED: ${wrong.length} findings\n${[...new Set(wrong)].slice(0, 20).join("\n")}`);
process.exit(wrong.length === 0 ? 0 : 1);
