// ./dev bench replicas: what a store for replicas costs, and from that on paper what many replicas need.

import { parseArgs } from "node:util";
import { join } from "node:path";
import { printUsageAndExit, readNumbers } from "./parts/words.mjs";
import { machine, save, table } from "./report.mjs";
import { here } from "./servers.mjs";

const usage = `Usage: ./dev bench replicas [--seconds N] [--rounds N] [--save]

  --seconds N   length of one load [1]
  --rounds N    each load so often, in turns; the median counts [5]
  --save        write docs/replicas-model.md; its notes stay`;

function readWords() {
  try {
    const { values } = parseArgs({ options: {
      seconds: { type: "string", default: "1" }, rounds: { type: "string", default: "5" }, save: { type: "boolean" }, help: { type: "boolean", short: "h" },
    } });
    readNumbers(values, ["seconds", "rounds"]);
    return values;
  } catch (error) {
    return printUsageAndExit(error, usage);
  }
}

const options = readWords();
if (options.help) {
  console.log(usage);
  process.exit(0);
}
// They want the program, and words are read without it.
const { endAll, needs } = await import("../replicas/support/services.js");
const { measureReplicas } = await import("./parts/replicas.mjs");
const { skip } = needs("redis", "cli");
if (skip) {
  console.error(`This needs what is ${skip}.`);
  process.exit(2);
}
process.on("exit", endAll);
const tell = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
const where = machine();
const { text, checks } = await measureReplicas({ ...options, tell });
tell("");
const report = `${table(["what", "measured", "aim", "met"], checks)}\n\n${text}\n`;
console.log(report);
if (options.save) console.error(`Written: ${save(report, where, { page: join(here, "../../docs/replicas-model.md"), title: "Many replicas", command: "./dev bench replicas --save" })}`);
process.exit(0);
