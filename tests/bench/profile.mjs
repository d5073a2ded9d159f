// ./dev profile [REQUEST] [--keep] [--top N]: instructions and allocations per request against the numbers kept, and
// where the instructions go.

import { parseArgs } from "node:util";
import { count, keep, kept, kinds } from "./instructions.mjs";

const usage = `Usage: ./dev profile [REQUEST] [--top NUMBER]   count the instructions of one request: ${kinds.join(", ")}
       ./dev profile --keep                     count all of them and keep the numbers`;

function fail(why) {
  console.error(`${why}\n${usage}`);
  process.exit(2);
}

function readWords() {
  try {
    const options = { keep: { type: "boolean" }, top: { type: "string", default: "40" }, help: { type: "boolean", short: "h" } };
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    if (values.help) return console.log(usage), process.exit(0);
    const unknown = positionals.find((kind) => !kinds.includes(kind));
    if (unknown) fail(`There is no request ${unknown}.`);
    if (!/^\d+$/.test(values.top)) fail(`--top takes a number, not ${values.top}.`);
    return { ...values, kinds: positionals.length ? positionals : values.keep ? kinds : ["session"] };
  } catch (error) {
    fail(error.message);
  }
}

// Template names fill the screen and tell little.
function short(name) {
  let text = name.replace(/\[[^\]]*\/([^/\]]+)\]$/, "[$1]").replace(/^\?\?\?:/, "");
  text = text.replaceAll(/nlohmann::json_abi_v[\d_]+::|nlohmann::/g, "").replaceAll("std::__cxx11::", "std::");
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replaceAll(/<[^<>]*>/g, "‹›");
  }
  return text.replaceAll("‹›", "<>").replaceAll("vault_mock::", "").slice(0, 150);
}

function table(result, title, args, top) {
  const rows = [...result.annotate(args).matchAll(/^ *([\d,]+) \( *([\d.]+)%\) +(.+)$/gm)]
    .map(([, cost, , name]) => ({ cost: Number(cost.replaceAll(",", "")) / result.requestsCounted, name }))
    .filter(({ name }) => !/PROGRAM TOTALS/.test(name));
  console.log(`\n${title}`);
  for (const { cost, name } of rows.slice(0, top))
    console.log(`${cost.toFixed(0).padStart(9)} ${((100 * cost) / result.perRequest).toFixed(1).padStart(5)} %  ${short(name)}`);
  return rows;
}

// callgrind names the library behind each function of it; the rest is ours.
function byLibrary(rows, perRequest) {
  const sums = {};
  for (const { cost, name } of rows) {
    const library = name.match(/\[.*\/([^/\]]+)\]$/)?.[1] ?? "?";
    sums[library] = (sums[library] ?? 0) + cost;
  }
  console.log("\nBy library");
  for (const [library, cost] of Object.entries(sums).sort((a, b) => b[1] - a[1]))
    console.log(`${cost.toFixed(0).padStart(9)} ${((100 * cost) / perRequest).toFixed(1).padStart(5)} %  ${library}`);
}

const words = readWords();
const counted = {};
for (const kind of words.kinds) {
  const result = count(kind);
  counted[kind] = { perRequest: result.perRequest, allocations: result.allocations };
  if (!words.keep) {
    const rows = table(result, "In the function itself", ["--threshold=100"], Number(words.top));
    byLibrary(rows, result.perRequest);
    table(result, "With all it calls", ["--threshold=100", "--inclusive=yes"], Number(words.top));
  }
  result.end();
}
const before = (() => {
  try {
    return kept().counts;
  } catch {
    return {};
  }
})();
if (words.keep) keep({ ...before, ...counted });
console.log("\nInstructions per request, and blocks of memory asked for");
for (const [kind, { perRequest, allocations }] of Object.entries(counted)) {
  const then = before[kind];
  const change = then ? `   before: ${then.perRequest} (${(100 * (perRequest / then.perRequest - 1)).toFixed(1)} %), ${then.allocations}` : "";
  console.log(`${kind.padEnd(12)}${String(perRequest).padStart(8)}${String(allocations).padStart(6)}${change}`);
}
