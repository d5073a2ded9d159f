// Start, end and memory of the program, which is the one that ./dev run, the packages and the image have.

import { execFileSync } from "node:child_process";
import { load, median, percentile } from "../load.mjs";
import { check } from "../report.mjs";
import { pause, program, startMock, tool } from "../servers.mjs";

export function measureStart({ tell }) {
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

export async function measureMemory({ requests, tell }) {
  const server = await startMock();
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
  return {
    checks: [
      check("proportional set size, idle", idle, { most: 8, unit: "MB", digits: 1 }),
      check(`after ${answered} requests of as many consumers, journal on`, used, { most: 25, unit: "MB", digits: 1 }),
    ],
  };
}

