// SIGINT and SIGTERM: the requests in flight are answered, then the program ends with 0; as process 1 too. SIGHUP: the
// rules are read again.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { askForSession, cleanEnvironment, program, runCommand, start, temporaryFolder, until } from "../support/program.js";

const refusesConnections = (url) =>
  new Promise((resolve) => {
    const socket = connect(new URL(url).port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(false))).once("error", () => resolve(true));
  });

for (const signal of ["SIGINT", "SIGTERM"]) {
  describe(signal, () => {
    test("ends an idle program with 0, at once", async () => {
      const mock = await start();
      const begin = process.hrtime.bigint();
      const { code, stderr } = await mock.kill(signal);
      assert.deepEqual([code, stderr], [0, ""]);
      const ms = Number(process.hrtime.bigint() - begin) / 1e6;
      assert.ok(ms < 1000, `took ${ms} ms`);
    });

    test("lets a request in flight finish, then ends with 0", async () => {
      const mock = await start();
      const answer = askForSession(mock.url, { headers: { prefer: "wait=1" } });
      await sleep(300);
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
      const begin = Date.now();
      assert.equal((await mock.kill(signal)).code, 0);
      assert.ok(Date.now() - begin < 2000, `took ${Date.now() - begin} ms`);
      agent.destroy();
    });

    test("does not wait for a client that never finishes its request", async () => {
      const mock = await start();
      const socket = connect(new URL(mock.url).port, "127.0.0.1");
      socket.on("error", () => {});
      await once(socket, "connect");
      socket.write("POST /vault/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{");
      await sleep(100);
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
      const child = spawn(program, ["--port", "0", "--ready-file", readyFile], { env: cleanEnvironment(), stdio: "ignore" });
      const ended = once(child, "exit");
      await once(child, "spawn");
      await sleep(i / 4); // some moment of the start, which takes a few milliseconds
      child.kill(signal);
      const [code, by] = await ended;
      assert.ok(code === 0 || by === signal, `${code} ${by}`); // by the signal: before main()
      assert.equal(existsSync(readyFile), false);
    }
});
