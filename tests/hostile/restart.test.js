// kill -9, and start again: the port is free at once, and the tokens of before are still valid.

import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../support/program.js";
import { connect, head, request } from "../support/socket.js";
import { askForSession, keys } from "../support/vault.js";
import { each } from "./support.js";

const asUser = (url, token) =>
  fetch(`${url}/vault/connections`, { headers: keys("test-consumer", { key: `Bearer ${token}` }) });

test("after kill -9 the port is free at once and tokens stay valid", async () => {
  let mock = await start(["--log-level", "off"]);
  const port = new URL(mock.url).port;
  const { session_token } = (await askForSession(mock.url)).body.data;

  for (let round = 0; round < 3; round++) {
    // Clients in every state: idle, in the middle of a request, and with an answer that they have not read.
    const clients = [];
    await each(30, 10, async (i) => {
      const socket = await connect(mock.url);
      if (i % 3 === 1) socket.write(head("content-length: 100\r\n\r\n{"));
      if (i % 3 === 2) socket.pause().write(request());
      clients.push(socket);
    });
    await mock.kill("SIGKILL");
    mock = await start(["--log-level", "off"], { wrap: (words) => words.map((word, i) => (words[i - 1] === "--port" ? port : word)) });
    assert.equal(new URL(mock.url).port, port);
    assert.equal((await asUser(mock.url, session_token)).status, 200);
    assert.equal((await askForSession(mock.url)).status, 200);
    clients.forEach((client) => client.destroy());
  }
  assert.equal((await asUser(mock.url, `${session_token}x`)).status, 401);
});
