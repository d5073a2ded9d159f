// ./dev bench: speed and memory as ratios of one run. Absolute figures of a shared machine are noise.

import { parseArgs } from "node:util";
import { compareServers } from "./parts/compare.mjs";
import { measureCliffs } from "./parts/cliffs.mjs";
import { measureCrowd, measureIdle } from "./parts/crowd.mjs";
import { measureGrowth } from "./parts/growth.mjs";
import { measureMemory, measureStart } from "./parts/start.mjs";
import { printUsageAndExit, readNumbers } from "./parts/words.mjs";
import { machine, save, table } from "./report.mjs";

const usage = `Usage: ./dev bench [--all] [--seconds N] [--rounds N] [--requests N] [--only PART,…] [--save]

  --all         Prism, Mockoon, openapi-backend and WireMock too: installs them with npm; WireMock wants a java
  --seconds N   length of one load [1]
  --rounds N    each load so often, in turns; the median counts [10]
  --requests N  requests before memory is measured [1000000]
  --only PARTS  of: servers crowd idle cliffs growth start memory
  --save        write tests/bench/RESULTS.md; its notes stay`;

const parts = { servers: compareServers, crowd: measureCrowd, idle: measureIdle, cliffs: measureCliffs, growth: measureGrowth, start: measureStart, memory: measureMemory };

function readWords() {
  const number = (fallback) => ({ type: "string", default: String(fallback) });
  try {
    const { values } = parseArgs({
      options: {
        all: { type: "boolean" }, save: { type: "boolean" }, help: { type: "boolean", short: "h" },
        seconds: number(1), rounds: number(10), requests: number(1_000_000), only: { type: "string", default: Object.keys(parts).join() },
      },
    });
    const only = values.only.split(",");
    const unknown = only.find((part) => !(part in parts));
    if (unknown !== undefined) throw new Error(`There is no part ${unknown}.`);
    readNumbers(values, ["seconds", "rounds", "requests"]);
    return { ...values, only };
  } catch (error) {
    return printUsageAndExit(error, usage);
  }
}

const options = readWords();
if (options.help) {
  console.log(usage);
  process.exit(0);
}
const tell = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);

const where = machine();
const results = [];
for (const part of options.only) results.push(await parts[part]({ ...options, tell }));
tell("");
const texts = results.flatMap(({ text }) => text ?? []);
const report = [...texts, table(["what", "measured", "aim", "met"], results.flatMap(({ checks }) => checks))].join("\n\n") + "\n";
console.log(report);
if (options.save) console.error(`Written: ${save(report, where)}`);
process.exit(0);
