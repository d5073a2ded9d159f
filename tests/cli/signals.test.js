// SIGINT and SIGTERM: the requests in flight are answered, then the program ends with 0; as process 1 too.

import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { askForSession, runCommand, start } from "../support/program.js";

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
