"use strict";
// A mock that runs: started by start(), or somebody else's, which connect() found.

const { VaultMockError, refuseOtherKeys } = require("./error.js");
const { call } = require("./http.js");
const limit = require("./limit.js");
const { Space, part } = require("./space.js");

class Mock {
  #token;
  #run;
  #stopped = new AbortController();

  constructor(url, { adminToken, run } = {}) {
    this.url = url;
    this.#token = adminToken;
    this.#run = run;
    run?.end.then(() => this.#stopped.abort(run.isStopped ? undefined : this.#ended()));
  }

  space(name = "default") {
    if (name === "") throw new VaultMockError("A space needs a name: mock.space() is the default space.");
    const url = name === "default" ? this.url : `${this.url}/@${part(name)}`;
    return new Space({ name, url, token: this.#token, stopped: this.#stopped.signal, goneOf: this.#run && (() => this.#gone()) });
  }

  #ended() {
    const { how, said } = this.#run;
    return new VaultMockError(`There is no mock at ${this.url}: the mock ended (${how})${said.trim() && `: ${said.trim()}`}`);
  }
  // The reason for a connection that failed, where it is the end of the program, which may be told a moment later.
  async #gone() {
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, 1000)));
    await Promise.race([this.#run.end, late]);
    clearTimeout(timer);
    return this.#run.how === undefined ? undefined : this.#ended();
  }

  // Ends the program that start() started; another's runs on.
  async stop() {
    if (!this.#run) return;
    this.#run.isStopped = true;
    this.#run.hold();
    this.#run.child.kill("SIGTERM");
    const timer = setTimeout(() => this.#run.child.kill("SIGKILL"), limit.ms);
    await this.#run.end;
    clearTimeout(timer);
  }

  [Symbol.asyncDispose ?? Symbol.for("nodejs.asyncDispose")]() {
    return this.stop();
  }
}

async function connect(url, options = {}) {
  refuseOtherKeys("connect()", options, ["adminToken"]);
  if (!/^https?:\/\/[^/?#]+\/*$/.test(url))
    throw new VaultMockError(`connect() needs the address of a mock, as http://127.0.0.1:4010, not '${url}'; mock.space("name") is a space of it.`);
  const base = url.replace(/\/+$/, "");
  const adminToken = options.adminToken ?? process.env.VAULT_MOCK_ADMIN_TOKEN;
  const health = await call(`${base}/_mock/health`, { token: adminToken });
  if (health?.rules === undefined) throw new VaultMockError(`What answers at ${base} is not a mock: it does not know /_mock/health.`);
  return new Mock(base, { adminToken });
}

module.exports = { Mock, connect };
