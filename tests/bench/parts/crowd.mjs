// Many clients: a thousand that ask at once, and ten thousand that do nothing.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { byWork, load, median, ratio } from "../load.mjs";
import { check } from "../report.mjs";
import { pause, startMock, tool } from "../servers.mjs";

export async function measureCrowd({ seconds, tell }) {
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

export async function measureIdle({ seconds, rounds, tell }) {
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

