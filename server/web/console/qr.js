// A QR code (ISO/IEC 18004) of a text as bytes: versions 1 to 6, error correction L, mask 0.

// Of each version: codewords of data, those of error correction in each block, blocks.
const versions = [[19, 7, 1], [34, 10, 1], [55, 15, 1], [80, 20, 1], [108, 26, 1], [136, 18, 2]];
const format = 0x77c4; // level L, mask 0 and their check bits
const range = (n) => [...Array(n).keys()];
const bits = (value, n) => range(n).map((i) => (value >> (n - 1 - i)) & 1);

const exp = [1];
for (let i = 0; i < 254; i++) exp.push((exp[i] << 1) ^ (exp[i] > 127 ? 0x11d : 0));
const times = (a, b) => (a && b ? exp[(exp.indexOf(a) + exp.indexOf(b)) % 255] : 0);

// The remainder after Reed and Solomon's polynomial.
function check(data, size) {
  let poly = [1];
  for (let i = 0; i < size; i++) poly = [...poly, 0].map((x, k) => x ^ (k && times(poly[k - 1], exp[i])));
  const rest = [...data, ...Array(size).fill(0)];
  data.forEach((_, i) => poly.slice(1).forEach((x, k) => (rest[i + k + 1] ^= times(x, rest[i]))));
  return rest.slice(data.length);
}

function bitsOf(bytes, version) {
  const [size, extra, blocks] = versions[version - 1], nibbles = [4, ...[bytes.length, ...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0], used = nibbles.length / 2;
  const data = range(size).map((i) => (i < used ? nibbles[2 * i] * 16 + nibbles[2 * i + 1] : (i - used) % 2 ? 17 : 236));
  let at = 0;
  const parts = range(blocks).map((i) => data.slice(at, (at += Math.floor((size + i) / blocks))));
  const woven = (lists) => range(108).flatMap((i) => lists.map((list) => list[i])).filter((x) => x !== undefined);
  return [...woven(parts), ...woven(parts.map((part) => check(part, extra)))].flatMap((byte) => bits(byte, 8));
}

// → rows of true and false; undefined: the text is too long
export function encode(text) {
  const bytes = [...new TextEncoder().encode(text)], version = versions.findIndex(([most]) => bytes.length + 2 <= most) + 1;
  if (!version) return undefined;
  const n = version * 4 + 17, grid = range(n).map(() => []), set = (r, c, on) => grid[r] && c >= 0 && c < n && (grid[r][c] = Boolean(on));
  const ring = (y, x, reach, light) => range(2 * reach + 1).forEach((r) => range(2 * reach + 1).forEach((c) => set(y + r - reach, x + c - reach, !light.includes(Math.max(Math.abs(r - reach), Math.abs(c - reach))))));
  for (const [y, x] of [[3, 3], [3, n - 4], [n - 4, 3]]) ring(y, x, 4, [2, 4]);
  if (version > 1) ring(n - 7, n - 7, 2, [1]);
  for (let i = 8; i < n - 8; i++) grid[6][i] = grid[i][6] = i % 2 === 0;
  for (const i of range(15)) {
    const on = (format >> i) & 1;
    set(i < 6 ? i : i < 8 ? i + 1 : n - 15 + i, 8, on);
    set(8, i < 8 ? n - 1 - i : i < 9 ? 7 : 14 - i, on);
  }
  set(n - 8, 8, true);
  const list = bitsOf(bytes, version);
  for (let right = n - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up)
    for (const i of range(n)) for (const c of [right, right - 1]) {
      const r = up ? n - 1 - i : i;
      grid[r][c] ??= Boolean(list.shift()) !== ((r + c) % 2 === 0);
    }
  return grid;
}

export function draw(text) {
  const rows = encode(text);
  if (!rows) return "The address is too long for a code.";
  const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name), svg = make("svg"), path = make("path");
  for (const [key, value] of Object.entries({ viewBox: `-4 -4 ${rows.length + 8} ${rows.length + 8}`, class: "qr", role: "img", "aria-label": "QR code of the address" })) svg.setAttribute(key, value);
  path.setAttribute("d", rows.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
  svg.append(path);
  return svg;
}
