// SIGINT and SIGTERM: the requests in flight are answered, then the program ends with 0; as process 1 too. SIGHUP: the
// rules are read again.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanEnvironment, program, runCommand, start, temporaryFolder, transportOptions, until } from "../support/program.js";
import { connect, head } from "../support/socket.js";
import { askForSession, call } from "../support/vault.js";

const refusesConnections = (url) => connect(url).then((socket) => (socket.destroy(), false), () => true);

// The one request that is in flight: it is in the journal before it is answered.
const hasArrived = (mock) =>
  until(async () => (await call(`${mock.url}/_mock/requests`)).json.requests[0], "the request had arrived", mock);

// A client that has sent a part of its request, and the program knows.
async function beginRequest(mock) {
  const socket = await connect(mock.url);
  socket.write(head("expect: 100-continue\r\ncontent-length: 10\r\n\r\n"));
  await until(() => socket.received.startsWith("HTTP/1.1 100 ") || undefined, "the request was begun", mock);
  socket.write("{");
  return socket;
}

// Ends the program, which is to be quicker than one that leaves a client a moment for the rest of its request.
// → how it ended
async function firstToEnd(mock, signal) {
  const slow = await start();
  const socket = await beginRequest(slow);
  const lastEnded = slow.kill(signal);
  const ended = mock.kill(signal);
  assert.equal(await Promise.race([ended.then(() => "it"), lastEnded.then(() => "the slow one")]), "it");
  await lastEnded;
  socket.destroy();
  return ended;
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  describe(signal, () => {
    test("ends an idle program with 0, at once", async () => {
      const mock = await start();
      const { code, stderr } = await firstToEnd(mock, signal);
      assert.deepEqual([code, stderr], [0, ""]);
    });

    test("lets a request in flight finish, then ends with 0", async () => {
      const mock = await start();
      const answer = askForSession(mock.url, { headers: { prefer: "wait=1" } });
      await hasArrived(mock);
      const ended = mock.kill(signal);
      const { status, body } = await answer;
      assert.deepEqual([status, body.status], [200, "OK"]);
      assert.equal((await ended).code, 0);
      assert.equal(await refusesConnections(mock.url), true);
    });

    test("does not wait for idle keep-alive connections", async () => {
      const mock = await start();
      const agent = new Agent({ keepAlive: true });
      const [response] = await once(request(`${mock.url}/_mock/health`, { agent }).end(), "response");
      response.resume();
      await once(response, "end");
      assert.equal((await firstToEnd(mock, signal)).code, 0);
      agent.destroy();
    });

    test("does not wait for a client that never finishes its request", async () => {
      const mock = await start();
      const socket = await beginRequest(mock);
      assert.equal((await mock.kill(signal)).code, 0);
      socket.destroy();
    });
  });
}

test("the port is free at once for the next run", async () => {
  const first = await start();
  assert.equal((await askForSession(first.url)).status, 200);
  await first.kill("SIGTERM");
  const { port } = new URL(first.url);
  const second = await start(["--port", port], { wrap: ([program, , , ...rest]) => [program, ...rest] });
  assert.equal(second.url, first.url);
});

test("as process 1 of a container it ends on SIGTERM with 0", async (t) => {
  const unshare = ["--fork", "--pid", "--kill-child=SIGKILL"];
  const probe = await runCommand("unshare", [...unshare, "true"]).catch((error) => ({ code: error.message }));
  if (probe.code !== 0) return t.skip("no right to make a PID namespace here");
  // unshare forwards no signal: the program is asked from inside, by its own number in its own namespace.
  const script = 'exec "$0" "$@"';
  const mock = await start([], { wrap: (words) => ["unshare", ...unshare, "sh", "-c", script, ...words] });
  const { stdout } = await runCommand("ps", ["--ppid", String(mock.pid), "-o", "pid="]);
  process.kill(Number(stdout), "SIGTERM");
  assert.equal((await mock.ended).code, 0);
});

describe("SIGHUP", () => {
  const rule = (status) => JSON.stringify({ rules: [{ respond: { error: status } }] });
  const says = (mock, words, times = 1) =>
    until(() => (mock.stdout.split(words).length > times ? true : undefined), `the log said "${words}"`, mock);

  test("reads the rules again, changed or not, and says so", async () => {
    const file = join(temporaryFolder(), "rules.json");
    writeFileSync(file, rule(402));
    const mock = await start([file]);
    for (let times = 1; times <= 2; times++) {
      process.kill(mock.pid, "SIGHUP");
      await says(mock, "reload: the rule files are read again", times);
      await says(mock, "rules reloaded", times);
    }
    assert.equal((await askForSession(mock.url)).status, 402);
    assert.equal((await mock.kill("SIGTERM")).code, 0);
  });

  test("keeps the old rules when the new ones have a mistake", async () => {
    const file = join(temporaryFolder(), "rules.json");
    writeFileSync(file, rule(402));
    const mock = await start([file]);
    writeFileSync(file, "{");
    process.kill(mock.pid, "SIGHUP");
    await says(mock, "rules not reloaded, the old ones stay");
    assert.equal((await askForSession(mock.url)).status, 402);
  });

  test("without rule files says that there are none", async () => {
    const mock = await start();
    process.kill(mock.pid, "SIGHUP");
    await says(mock, "reload: there are no rule files to read again");
    assert.equal((await askForSession(mock.url)).status, 200);
    assert.equal((await mock.kill("SIGTERM")).code, 0);
  });

  test("many at once, together with requests and SIGTERM at last, end in order", async () => {
    const file = join(temporaryFolder(), "rules.json");
    writeFileSync(file, rule(402));
    const mock = await start([file]);
    for (let i = 0; i < 200; i++) process.kill(mock.pid, "SIGHUP");
    assert.equal((await askForSession(mock.url)).status, 402);
    for (let i = 0; i < 200; i++) process.kill(mock.pid, "SIGHUP");
    assert.equal((await mock.kill("SIGTERM")).code, 0);
  });

  test("of a terminal that is closed ends the program, and frees the port", async () => {
    const mock = await start([], { wrap: (words) => ["script", "-qec", words.join(" "), "/dev/null"] });
    assert.equal((await askForSession(mock.url)).status, 200);
    mock.child.kill("SIGKILL"); // the terminal's other end
    await until(async () => ((await refusesConnections(mock.url)) ? true : undefined), "the port was free");
  });
});

test("a signal that comes while the program starts ends it, and leaves no ready file", async () => {
  for (const signal of ["SIGTERM", "SIGINT"])
    for (let i = 0; i < 20; i++) {
      const readyFile = join(temporaryFolder(), "ready");
      const child = spawn(program, ["--port", "0", "--ready-file", readyFile, ...transportOptions], { env: cleanEnvironment(), stdio: "ignore" });
      const ended = once(child, "exit");
      await once(child, "spawn");
      await sleep(i / 4); // some moment of the start, which takes a few milliseconds
      child.kill(signal);
      const [code, by] = await ended;
      assert.ok(code === 0 || by === signal, `${code} ${by}`); // by the signal: before main()
      assert.equal(existsSync(readyFile), false);
    }
});
