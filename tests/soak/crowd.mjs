// A program of its own with few descriptors, and a crowd that takes them all: idle clients that all speak at once while
// newcomers knock, now and then in one batch, as the program is stopped meanwhile. After each storm it serves again.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const kDescriptors = 200;
const request =
  "POST /vault/sessions HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer k\r\nx-apideck-app-id: a\r\nx-apideck-consumer-id: c\r\ncontent-length: 2\r\n\r\n{}";

function knock(url) {
  const { hostname, port } = new URL(url);
  const socket = net.connect({ host: hostname, port: Number(port) });
  socket.on("error", () => {}).resume();
  return socket;
}

async function serves(url, mock) {
  for (const end = Date.now() + 30_000; Date.now() < end && mock.exitCode === null; await sleep(20)) {
    const socket = knock(url);
    let bytes = "";
    socket.setEncoding("latin1").on("data", (text) => (bytes += text));
    socket.write(request);
    for (let i = 0; i < 50 && !bytes; i++) await sleep(10);
    socket.destroy();
    if (bytes.startsWith("HTTP/1.1 200")) return true;
  }
  return false;
}

export async function crowd({ program, folder, isOver, report }) {
  const who = "storms on few descriptors";
  const ready = join(folder, "crowd-ready");
  const command = 'ulimit -n "$1"; shift; exec "$@"';
  const words = [program, "--port", "0", "--ready-file", ready, "--log-level", "off"];
  const mock = spawn("sh", ["-c", command, "sh", String(kDescriptors), ...words], { stdio: "ignore" });
  const exit = once(mock, "exit");
  while (!existsSync(ready) && mock.exitCode === null) await sleep(10);
  const url = readFileSync(ready, "utf8").trim();
  for (let round = 0; !isOver(); round++) {
    const idle = Array.from({ length: kDescriptors + 20 }, () => knock(url));
    await sleep(700); // what is younger is not closed for newcomers
    if (round % 2) mock.kill("SIGSTOP");
    const newcomers = Array.from({ length: 40 }, () => knock(url));
    for (const socket of [...idle, ...newcomers]) socket.write(request);
    if (round % 2) await sleep(50);
    mock.kill("SIGCONT");
    await sleep(100);
    for (const socket of [...idle, ...newcomers]) socket.destroy();
    report.checked[who] = (report.checked[who] ?? 0) + 1;
    if (!(await serves(url, mock))) {
      report.wrong(`${who}: the program serves nobody after storm ${round} (exit ${mock.exitCode ?? mock.signalCode})`);
      break;
    }
  }
  mock.kill("SIGTERM");
  const [code] = await exit;
  if (code !== 0) report.wrong(`${who}: the program ended with ${code}`);
}
