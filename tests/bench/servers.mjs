// The servers that are compared: each on a free port of 127.0.0.1, ended by its process id.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = fileURLToPath(new URL(".", import.meta.url));
const build = join(here, "../../build/release");
export const program = process.env.VAULT_MOCK ?? join(build, "vault-mock");
export const tool = (name) => join(build, "tests/bench", name);

export const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));

// As long as the mock's answer to the vendor's example body.
const constantAnswer = `{"status_code":200,"status":"OK","data":{"session_uri":"https://vault.apideck.com/session/${"t".repeat(1430)}","session_token":"${"t".repeat(1430)}"}}`;

const nodeServer = `
const answer = Buffer.from(${JSON.stringify(constantAnswer)});
require("node:http").createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json", "content-length": answer.length }).end(answer));
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;

const nginxConfig = (folder, port) => `
daemon off; worker_processes 2; error_log stderr crit; pid ${folder}/pid;
events { worker_connections 2048; }
http {
  access_log off; keepalive_requests 100000000; client_body_temp_path ${folder}; proxy_temp_path ${folder};
  fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server { listen 127.0.0.1:${port}; location / { default_type application/json; return 200 '${constantAnswer}'; } }
}`;

export const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

// A folder that lives as long as this process.
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "vault-mock-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const running = new Set();
process.on("exit", () => running.forEach((server) => server.child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

export class Server {
  // `port`: where it will listen. `ready`: the file in which it will say so. Neither: it prints its port.
  static async start(command, args, { ready, port, complaints = "inherit", limitMs = 60_000 } = {}) {
    const server = new Server();
    server.child = spawn(command, args, { stdio: ["ignore", "pipe", complaints] });
    server.port = port;
    running.add(server);
    server.child.once("exit", () => running.delete(server));
    let printed = "";
    server.child.stdout.setEncoding("utf8").on("data", (text) => (printed = (printed + text).slice(0, 4096)));
    const limit = Date.now() + limitMs;
    const until = async (look) => {
      for (let found; ; await pause(5)) {
        if ((found = await look())) return found;
        if (server.child.exitCode !== null || Date.now() > limit) throw new Error(`${command} does not answer: ${printed}`);
      }
    };
    if (ready) server.port = Number(new URL(await until(() => existsSync(ready) && readFileSync(ready, "utf8").trim())).port);
    else if (!port) server.port = Number(await until(() => printed.includes("\n") && printed.trim()));
    await until(() => server.answers());
    return server;
  }

  answers() {
    return fetch(`http://127.0.0.1:${this.port}/vault/sessions`, { method: "POST" }).then((answer) => answer.arrayBuffer().then(() => true), () => false);
  }

  async stop() {
    this.child.kill("SIGTERM");
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
  }

  // Proportional set size in KB: shared libraries count by their share.
  memory() {
    return Number(readFileSync(`/proc/${this.child.pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m)[1]);
  }

  // What the mock's own API answers.
  async ask(method, path, body) {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }

  descriptors() {
    return readdirSync(`/proc/${this.child.pid}/fd`).length;
  }

  // Processor seconds used so far, also by its workers.
  processorTime() {
    const own = this.child.pid;
    const children = readFileSync(`/proc/${own}/task/${own}/children`, "utf8").split(" ").filter(Boolean);
    return [own, ...children].map(secondsOf).reduce((a, b) => a + b);
  }
}

function secondsOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function startMock(args = []) {
  const ready = join(scratch(), "ready");
  return Server.start(program, ["--port", "0", "--ready-file", ready, "--log-level", "off", ...args], { ready });
}

export const startStock = () => Server.start(tool("stock_server"), []);

async function startNginx() {
  const [folder, port] = [scratch(), await freePort()];
  writeFileSync(join(folder, "nginx.conf"), nginxConfig(folder, port));
  return Server.start("/usr/sbin/nginx", ["-c", join(folder, "nginx.conf")], { port });
}

export const names = {
  mock: "vault-mock, everything on",
  httplib: "vault-mock, --transport httplib",
  stock: "stock httplib, a constant",
  layer: "our connection layer, a constant",
  node: "bare Node http, a constant",
  nginx: "nginx, a constant",
};

// → { starters: { name: start }, missing: { name: why it cannot run here } }
export function contestants() {
  const starters = { [names.mock]: () => startMock() };
  const missing = {};
  if (execFileSync(program, ["--help"], { encoding: "utf8" }).includes("--transport")) starters[names.httplib] = () => startMock(["--transport", "httplib"]);
  else missing[names.httplib] = "the program has no --transport";
  starters[names.stock] = startStock;
  starters[names.layer] = () => Server.start(tool("constant_server"), []);
  starters[names.node] = () => Server.start(process.execPath, ["-e", nodeServer]);
  if (existsSync("/usr/sbin/nginx")) starters[names.nginx] = startNginx;
  else missing[names.nginx] = "not installed: nginx-light";
  return { starters, missing };
}
