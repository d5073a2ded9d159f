// The servers that are compared: each started on a free port of 127.0.0.1, ended by its process id.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = fileURLToPath(new URL(".", import.meta.url));
const build = process.env.BENCH_BUILD ?? join(here, "../../build/bench");
export const program = join(build, "vault-mock");

const constantAnswer = `{"status_code":200,"status":"OK","data":{"session_uri":"https://vault.apideck.com/session/${"x".repeat(900)}","session_token":"${"x".repeat(900)}"}}`;

const nodeServer = `
const answer = Buffer.from(${JSON.stringify(constantAnswer)});
require("node:http").createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json", "content-length": answer.length }).end(answer));
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const nginxConfig = (folder, port) => `
daemon off; worker_processes 1; error_log stderr crit; pid ${folder}/pid;
events { worker_connections 2048; }
http {
  access_log off; keepalive_requests 100000000; client_body_temp_path ${folder}; proxy_temp_path ${folder};
  fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server { listen 127.0.0.1:${port}; location / { default_type application/json; return 200 '${constantAnswer}'; } }
}`;

export class Server {
  static async start(command, args, { ready, port } = {}) {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    const server = new Server();
    server.child = child;
    server.port = port;
    if (ready) {
      while (!existsSync(ready)) await pause(5);
      server.port = Number(new URL(readFileSync(ready, "utf8").trim()).port);
    } else if (!port) {
      child.stdout.setEncoding("utf8");
      const [line] = await once(child.stdout, "data");
      server.port = Number(line.trim());
    }
    while (!(await server.answers())) await pause(10);
    return server;
  }

  async answers() {
    return fetch(`http://127.0.0.1:${this.port}/vault/sessions`, { method: "POST" }).then((a) => a.arrayBuffer(), () => false);
  }

  // Milliseconds from SIGTERM to the end.
  async stop() {
    const began = performance.now();
    this.child.kill("SIGTERM");
    await once(this.child, "exit");
    return performance.now() - began;
  }

  // Proportional set size in MB: shared libraries count by their share.
  memory() {
    const rollup = readFileSync(`/proc/${this.child.pid}/smaps_rollup`, "utf8");
    return Number(rollup.match(/^Pss:\s+(\d+)/m)[1]) / 1024;
  }

  // Processor seconds used so far.
  processorTime() {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }
}

export const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));

function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "vault-mock-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function startMock(args = []) {
  const ready = join(scratch(), "ready");
  return Server.start(program, ["--port", "0", "--ready-file", ready, "--log-level", "off", ...args], { ready });
}

export const contestants = {
  "vault-mock, everything on": () => startMock(),
  "stock httplib, a constant": () => Server.start(join(build, "tests/bench/stock_server"), []),
  "our connection layer, a constant": () => Server.start(join(build, "tests/bench/constant_server"), []),
  "bare Node http, a constant": () => Server.start("node", ["-e", nodeServer]),
  "nginx, a constant": async () => {
    const [folder, port] = [scratch(), await freePort()];
    writeFileSync(join(folder, "nginx.conf"), nginxConfig(folder, port));
    return Server.start("/usr/sbin/nginx", ["-c", join(folder, "nginx.conf")], { port });
  },
};
