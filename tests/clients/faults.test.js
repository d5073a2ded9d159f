// What the clients make of sequences and faults from a rule file (fixtures/retries.json): which ones their own retries get
// over, and how the others end.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import * as node from "@apideck/node";
import axios from "axios";

import { apiKey, appId, exampleInput } from "./support/example.js";
import { mockForThisSuite } from "../support/program.js";
import { claimsOf } from "../support/claims.js";
import { keys } from "../support/vault.js";

const rules = fileURLToPath(new URL("fixtures/retries.json", import.meta.url));
const once = { retries: { strategy: "none" } };
const quickly = {
  retries: {
    strategy: "backoff",
    backoff: { initialInterval: 1, maxInterval: 20, exponent: 1, maxElapsedTime: 30_000 },
    retryConnectionErrors: true,
  },
};

const causes = (error) => {
  const found = [];
  for (; error; error = error.cause) found.push(error.code ?? error.name);
  return found;
};
const failure = async (promise) => {
  const [result] = await Promise.allSettled([promise]);
  assert.equal(result.status, "rejected", "the call did not fail");
  return result.reason;
};

for (const [version, name] of [
  ["0.52.2", "@apideck/unify"],
  ["0.22.1", "@apideck/unify-0.22"],
]) {
  describe(`@apideck/unify ${version} with its own retries`, () => {
    const mock = mockForThisSuite(rules);

    // → the session's claims and what each try met: a status, or the code of the fault.
    async function create(consumerId, options) {
      const { Apideck } = await import(name);
      const { HTTPClient } = await import(`${name}/lib/http.js`);
      const tries = [];
      const httpClient = new HTTPClient();
      httpClient.addHook("response", (answer) => void tries.push(answer.status));
      httpClient.addHook("requestError", (error) => void tries.push(causes(error).at(-1)));
      const { vault } = new Apideck({ apiKey, appId, consumerId, serverURL: mock.url, httpClient });
      try {
        const result = await vault.sessions.create({ session: exampleInput }, options);
        const token = result.createSessionResponse?.data.sessionToken;
        return { result, claims: token && claimsOf(token), tries };
      } catch (error) {
        throw Object.assign(error, { tries });
      }
    }

    test("by its own settings it gets over an error and a reset", async () => {
      const { claims, tries } = await create("hiccup");
      assert.equal(claims.consumer_id, "hiccup");
      assert.deepEqual(tries, [503, "ECONNRESET", 200]);
    });

    test("by its own settings it gets over a connection closed without an answer", async () => {
      assert.deepEqual((await create("close-once")).tries, ["UND_ERR_SOCKET", 200]);
    });

    test("a sequence is each consumer's own", async () => {
      const outcomes = await Promise.all(["hiccup-1", "hiccup-2", "hiccup-3"].map((id) => create(id, quickly)));
      for (const { tries } of outcomes) assert.deepEqual(tries, [503, "ECONNRESET", 200]);
    });

    test("408, 500, 502, 503 and 504 are retried", async () => {
      assert.deepEqual((await create("gateway", quickly)).tries, [408, 500, 502, 503, 504, 200]);
    });

    if (version === "0.52.2") {
      test("retry-after-ms is heard", async () => {
        const started = Date.now();
        assert.deepEqual((await create("milliseconds")).tries, [503, 503, 503, 503, 200]);
        // On its own the client would have waited 0.5 s × (0 + 1 + 2^1.5 + 3^1.5), over four seconds.
        assert.ok(Date.now() - started < 3000, "it took as long as without");
      });
    }

    test("retry-after in seconds is waited for", async () => {
      const started = Date.now();
      const { tries } = await create("wait-a-second");
      assert.deepEqual(tries, [503, 200]);
      assert.ok(Date.now() - started >= 990, "it came back too early");
    });

    test("a body in slow chunks is read to its end", async () => {
      const { claims, tries } = await create("drip");
      assert.deepEqual([claims.consumer_id, tries], ["drip", [200]]);
    });

    test("a reset ends in a ConnectionError when retries are off", async () => {
      const error = await failure(create("reset", once));
      assert.equal(error.name, "ConnectionError");
      assert.deepEqual(error.tries, ["ECONNRESET"]);
    });

    test("a connection closed without an answer ends in a ConnectionError when retries are off", async () => {
      const error = await failure(create("close", once));
      assert.equal(error.name, "ConnectionError");
      assert.deepEqual(error.tries, ["UND_ERR_SOCKET"]);
    });

    test("a hanging answer ends in a RequestTimeoutError when retries are off", async () => {
      const error = await failure(create("hang-once", { ...once, timeoutMs: 300 }));
      assert.equal(error.name, "RequestTimeoutError");
      assert.deepEqual((await create("hang-once", once)).tries, [200], "it went on with the sequence");
    });

    // In 0.22.1 these two end the whole process, whether the call's error is caught or not: it keeps a second promise.
    if (version === "0.52.2") {
      test("half a body is not retried", async () => {
        const error = await failure(create("truncate"));
        assert.deepEqual(error.tries, [200]);
        assert.ok(causes(error).includes("UND_ERR_SOCKET"), causes(error).join());
      });

      test("broken JSON is not retried", async () => {
        const error = await failure(create("malformed"));
        assert.deepEqual([error.name, error.tries], ["SyntaxError", [200]]);
      });
    }

    test("201 is a result without a session", async () => {
      const { result, tries } = await create("created");
      assert.deepEqual([result.createSessionResponse, tries], [undefined, [201]]);
    });

    test("a page of HTML is an APIError", async () => {
      const error = await failure(create("gateway-page"));
      assert.deepEqual([error.name, error.tries], ["APIError", [200]]);
    });
  });
}

describe("clients without retries", () => {
  const mock = mockForThisSuite(rules);
  const headers = (consumer) => keys(consumer, { app: appId, key: apiKey });
  const byNode = (consumerId) =>
    new node.Apideck({ apiKey, appId, consumerId, basePath: mock.url }).vault.sessionsCreate({});
  const byAxios = (consumer) => axios.post(`${mock.url}/vault/sessions`, {}, { headers: headers(consumer) });
  const byFetch = async (consumer) => {
    const response = await fetch(`${mock.url}/vault/sessions`, { method: "POST", headers: headers(consumer) });
    return response.json();
  };

  test("a reset is ECONNRESET to each of them", async () => {
    for (const call of [byNode, byAxios, byFetch]) {
      assert.ok(causes(await failure(call("reset"))).includes("ECONNRESET"));
    }
  });

  test("a connection closed without an answer is a hang-up to each of them", async () => {
    for (const call of [byNode, byAxios, byFetch]) {
      const codes = causes(await failure(call("close")));
      assert.ok(codes.includes("ECONNRESET") || codes.includes("UND_ERR_SOCKET"), codes.join());
    }
  });

  test("half a body is an error to each of them", async () => {
    for (const call of [byNode, byAxios, byFetch]) await failure(call("truncate"));
  });

  test("broken JSON is an error to those that parse it themselves", async () => {
    for (const call of [byNode, byFetch]) await failure(call("malformed"));
    assert.equal(typeof (await byAxios("malformed")).data, "string");
  });

  test("slow chunks are a session to each of them", async () => {
    assert.equal((await byNode("drip")).status_code, 200);
    assert.equal((await byAxios("drip")).data.status_code, 200);
    assert.equal((await byFetch("drip")).status_code, 200);
  });
});
