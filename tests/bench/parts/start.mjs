// Start, end and memory: of the program as it was built here, and as the image and the .tar.gz have it: one file, if
// ./dev build static has made it.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { load, median, percentile } from "../load.mjs";
import { check } from "../report.mjs";
import { pause, program, startMock, tool, wholeProgram } from "../servers.mjs";

async function inBothForms(tell, measure) {
  const checks = await measure(program, "");
  if (existsSync(wholeProgram)) checks.push(...(await measure(wholeProgram, "as one file: ")));
  else tell("build/static has no program to measure as one file: ./dev build static");
  return { checks };
}

export function measureStart({ tell }) {
  return inBothForms(tell, async (file, form) => {
    tell("50 starts");
    const times = JSON.parse(execFileSync(tool("first_answer"), ["50", file, "--log-level", "off"], { encoding: "utf8" }));
    const { first_answer_ms: first, exit_ms: exit, processor_ms: work } = times;
    return [
      check(`${form}start to first answer, 95th percentile of 50 (median ${median(first).toFixed(1)} ms)`, percentile(first, 0.95), { most: 10, unit: "ms", digits: 1 }),
      check(`${form}processor time of start, one answer and end, median`, median(work), { unit: "ms", digits: 1 }),
      check(`${form}SIGTERM to exit when idle, 95th percentile (median ${median(exit).toFixed(1)} ms)`, percentile(exit, 0.95), { most: 50, unit: "ms", digits: 1 }),
    ];
  });
}

export function measureMemory({ requests, tell }) {
  return inBothForms(tell, async (file, form) => {
    const server = await startMock([], file);
    const megabytes = () => server.memory() / 1024;
    await pause(200);
    const idle = megabytes();
    let answered = 0;
    while (answered < requests) {
      tell(`memory: ${answered} of ${requests} requests`);
      answered += (await load(server, { connections: 64, seconds: 5 })).requests;
    }
    const used = megabytes();
    await server.stop();
    return [
      check(`${form}proportional set size, idle`, idle, { most: 8, unit: "MB", digits: 1 }),
      check(`${form}after ${answered} requests of as many consumers, journal on`, used, { most: 25, unit: "MB", digits: 1 }),
    ];
  });
}

