// Counts the instructions of one request with callgrind, and the blocks of memory it asks for, and keeps the numbers in
// instructions.txt. Time on a shared machine is noise; these repeat exactly for the same binary.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const driver = join(here, "../../build/release/tests/bench/instructions");
const keptFile = join(here, "instructions.txt");
const requestsCounted = 200;

export const kinds = ["session", "again", "refused", "connections"];

// What the count depends on beside the sources: another compiler or library makes another number.
export const madeWith = () => `${process.arch}, ${execFileSync(driver, ["--made-with"], { encoding: "utf8" }).trim()}`;

// The environment lies on the stack, and its size moves everything else there: a few instructions in a thousand calls.
// Processors differ in the variants that glibc and OpenSSL choose for them; all have these.
const sameEverywhere = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", GLIBC_TUNABLES: "glibc.cpu.hwcaps=-AVX2,-AVX,-AVX_Fast_Unaligned_Load,-BMI2,-ERMS,-FSRM", OPENSSL_ia32cap: "~0x1000000000000000:~0" };

// → { perRequest, allocations, annotate(args) }; end() frees its file.
export function count(kind) {
  const folder = mkdtempSync(join(tmpdir(), "vault-mock-profile-"));
  const out = join(folder, "callgrind.out");
  const environment = { env: sameEverywhere, encoding: "utf8", maxBuffer: 1 << 28 };
  let allocations;
  try {
    allocations = execFileSync("valgrind", ["--tool=callgrind", "--quiet", "--toggle-collect=*count_this*", `--callgrind-out-file=${out}`,
      driver, kind, String(requestsCounted)], environment);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    perRequest: Math.round(Number(readFileSync(out, "utf8").match(/^totals: (\d+)/m)[1]) / requestsCounted),
    allocations: Math.round(Number(allocations) / requestsCounted),
    annotate: (args) => execFileSync("callgrind_annotate", [...args, out], environment),
    end: () => rmSync(folder, { recursive: true, force: true }),
    requestsCounted,
  };
}

// → { madeWith, counts: { session: { perRequest: 123, allocations: 4 }, … } }
export function kept() {
  const text = readFileSync(keptFile, "utf8");
  const rows = [...text.matchAll(/^(\w+) +(\d+) +(\d+)$/gm)];
  const counts = Object.fromEntries(rows.map(([, kind, perRequest, allocations]) => [kind, { perRequest: Number(perRequest), allocations: Number(allocations) }]));
  return { madeWith: text.match(/^made with (.*)$/m)[1], counts };
}

export function keep(counts) {
  const lines = Object.entries(counts).map(([kind, { perRequest, allocations }]) => `${kind.padEnd(12)}${String(perRequest).padStart(8)}${String(allocations).padStart(6)}`);
  writeFileSync(keptFile, `Instructions per request, without the socket, and blocks of memory asked for. Renewed by ./dev profile --keep
made with ${madeWith()}
${lines.join("\n")}
`);
}
