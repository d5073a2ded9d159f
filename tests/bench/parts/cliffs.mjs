// What must not be a cliff: each kind of request against the plain one, by the processor time of an answer.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { byWork, inTurns, load, ratio } from "../load.mjs";
import { check } from "../report.mjs";
import { names, scratch, startMock, startStock } from "../servers.mjs";

// `when` makes the condition of the i-th rule, none of which holds.
function manyRules(when) {
  const file = join(scratch(), "many.json");
  const rules = Array.from({ length: 10_000 }, (_, i) => ({ name: `rule ${i}`, when: when(i), respond: { error: 402 } }));
  writeFileSync(file, JSON.stringify({ rules }));
  return file;
}

export async function measureCliffs({ seconds, rounds, tell }) {
  const [plain, stock] = [await startMock(), await startStock()];
  const ruled = await startMock([manyRules((i) => ({ consumer_id: `customer-${i}` }))]);
  const searching = await startMock([manyRules((i) => ({ body: { "/theme/vault_name": `vault ${i}` } }))]);
  const run = (server, kind) => () => load(server, { connections: 8, seconds, kind });
  const runs = await inTurns(rounds, {
    plain: run(plain, "plain"), again: run(plain, "again"), renewed: run(plain, "renewed"), close: run(plain, "close"), large: run(plain, "large"), huge: run(plain, "huge"),
    spaces: run(plain, "spaces"), rules: run(ruled, "plain"), searched: run(searching, "plain"),
    "stock, close": run(stock, "close"), "stock, large": run(stock, "large"), "stock, huge": run(stock, "huge"),
  }, tell);
  for (const server of [plain, ruled, searching, stock]) await server.stop();
  const cliff = (what, some, other, aims) => check(`${what} (by rate ${ratio(runs[some], runs[other]).toPrecision(2)})`, byWork(runs[some], runs[other]), aims);
  return {
    checks: [
      cliff("By processor time: a new connection for each request, of keep-alive", "close", "plain", { least: 0.3 }),
      cliff(`the same, of ${names.stock}`, "close", "stock, close"),
      cliff("100 consumers whose metadata is posted again, of new consumers", "again", "plain", { least: 0.9 }),
      cliff("100 consumers whose metadata changes with each session, of new consumers", "renewed", "plain", { least: 0.8 }),
      cliff("bodies of 64 KB, and tokens as long, of the example body, 77 times as short", "large", "plain", { least: 1 / 77, digits: 3 }),
      cliff("the same, of stock httplib, which answers 3 KB", "large", "stock, large"),
      cliff("bodies of 512 KB, of the example body, 616 times as short", "huge", "plain", { least: 1 / 616, digits: 4 }),
      cliff("the same, of stock httplib, which answers 3 KB", "huge", "stock, huge"),
      cliff("10,000 rules, each for a consumer, of the defaults", "rules", "plain", { least: 0.5 }),
      cliff("10,000 rules that look into the body, so that each is tried", "searched", "plain", { digits: 3 }),
      cliff("1,000 spaces, of one", "spaces", "plain", { least: 0.5 }),
    ],
  };
}
