// A program of its own with few descriptors, and a crowd that takes them all: idle clients that all speak at once while
// newcomers knock, now and then in one batch, as the program is stopped meanwhile. After each storm it serves again.

import net from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startIn } from "../support/launch.js";
import { noted, request } from "../support/socket.js";

const kDescriptors = 200;

function knock(url) {
  const { hostname, port } = new URL(url);
  return noted(net.connect({ host: hostname, port: Number(port) }));
}

async function serves(url, mock) {
  for (const end = Date.now() + 30_000; Date.now() < end && !mock.hasEnded(); await sleep(20)) {
    const socket = knock(url);
    socket.write(request());
    for (let i = 0; i < 50 && !socket.received; i++) await sleep(10);
    socket.destroy();
    if (socket.received.startsWith("HTTP/1.1 200")) return true;
  }
  return false;
}

export async function crowd({ folder, isOver, report }) {
  const who = "storms on few descriptors";
  const wrap = (words) => ["sh", "-c", 'ulimit -n "$1"; shift; exec "$@"', "sh", String(kDescriptors), ...words];
  const mock = await startIn(join(folder, "crowd-ready"), ["--log-level", "off"], { wrap });
  const { url } = mock;
  for (let round = 0; !isOver(); round++) {
    const idle = Array.from({ length: kDescriptors + 20 }, () => knock(url));
    await sleep(700); // what is younger is not closed for newcomers
    if (round % 2) mock.child.kill("SIGSTOP");
    const newcomers = Array.from({ length: 40 }, () => knock(url));
    for (const socket of [...idle, ...newcomers]) socket.write(request());
    if (round % 2) await sleep(50);
    mock.child.kill("SIGCONT");
    await sleep(100);
    for (const socket of [...idle, ...newcomers]) socket.destroy();
    report.checked[who] = (report.checked[who] ?? 0) + 1;
    if (!(await serves(url, mock))) {
      report.wrong(`${who}: the program serves nobody after storm ${round} (exit ${mock.child.exitCode ?? mock.child.signalCode})`);
      break;
    }
  }
  const { code } = await mock.kill("SIGTERM");
  if (code !== 0) report.wrong(`${who}: the program ended with ${code}`);
}
