// A QR code (ISO/IEC 18004) of a text in bytes, versions 1 to 10, error correction L, mask 0 to 7 by the fewest penalties.

// Of each version: codewords of data, and in each block those of error correction; blocks; centres of the alignment marks.
const versions = [[19, 7, 1], [34, 10, 1, 18], [55, 15, 1, 22], [80, 20, 1, 26], [108, 26, 1, 30], [136, 18, 2, 34], [156, 20, 2, 22, 38], [194, 24, 2, 24, 42], [232, 30, 2, 26, 46], [274, 18, 4, 28, 50]];
const masks = [(r, c) => (r + c) % 2, (r) => r % 2, (r, c) => c % 3, (r, c) => (r + c) % 3, (r, c) => ((r >> 1) + Math.floor(c / 3)) % 2, (r, c) => ((r * c) % 2) + ((r * c) % 3), (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2];

const exp = [], log = [];
for (let i = 0, x = 1; i < 255; i++, x = (x << 1) ^ (x > 127 ? 0x11d : 0)) (exp[i] = x), (log[x] = i);
const times = (a, b) => (a && b ? exp[(log[a] + log[b]) % 255] : 0);

// The remainder of Reed and Solomon.
function remainder(data, size) {
  let poly = [1];
  for (let i = 0; i < size; i++) poly = [...poly, 0].map((x, k) => x ^ (k ? times(poly[k - 1], exp[i]) : 0));
  const rest = [...data, ...Array(size).fill(0)];
  for (let i = 0; i < data.length; i++) for (let k = 1, first = rest[i]; k <= size; k++) rest[i + k] ^= times(poly[k], first);
  return rest.slice(data.length);
}

function codewords(bytes, version) {
  const [size, ecc, blocks] = versions[version - 1];
  const bits = [0, 1, 0, 0], put = (value, length) => { for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1); };
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, size * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(""), 2));
  for (let pad = 0xec; data.length < size; pad ^= 0xec ^ 0x11) data.push(pad);
  const short = Math.floor(size / blocks), parts = [];
  for (let i = 0, at = 0; i < blocks; i++) parts.push(data.slice(at, (at += short + (i >= blocks - (size % blocks) ? 1 : 0))));
  const woven = (lists) => Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, i) => lists.map((list) => list[i])).flat().filter((x) => x !== undefined);
  return [...woven(parts), ...woven(parts.map((part) => remainder(part, ecc)))];
}

const bch = (value, poly, length) => {
  let rest = value << length;
  for (let i = 31 - Math.clz32(rest); i >= length; i = 31 - Math.clz32(rest)) rest ^= poly << (i - length);
  return (value << length) | rest;
};

// → rows of 0 and 1; undefined: the text is too long
export function encode(text) {
  const bytes = new TextEncoder().encode(text), version = versions.findIndex(([size], i) => bytes.length + (i < 9 ? 2 : 3) <= size) + 1;
  if (!version) return undefined;
  const size = version * 4 + 17, grid = Array.from({ length: size }, () => Array(size)), fixed = (r, c, on) => r >= 0 && c >= 0 && r < size && c < size && (grid[r][c] = on ? 3 : 2);
  for (const [top, left] of [[0, 0], [0, size - 7], [size - 7, 0]])
    for (let r = -1; r < 8; r++) for (let c = -1; c < 8; c++) { const d = Math.max(Math.abs(r - 3), Math.abs(c - 3)); fixed(top + r, left + c, d < 4 && d !== 2); }
  const centres = version > 1 ? [6, ...versions[version - 1].slice(3)] : [];
  for (const y of centres) for (const x of centres) if (grid[y][x] === undefined) for (let r = -2; r < 3; r++) for (let c = -2; c < 3; c++) fixed(y + r, x + c, Math.max(Math.abs(r), Math.abs(c)) !== 1);
  for (let i = 8; i < size - 8; i++) (grid[6][i] ??= 3 - (i % 2)), (grid[i][6] ??= 3 - (i % 2));
  const format = (mask) => {
    const bits = bch(8 | mask, 0x537, 10) ^ 0x5412;
    for (let i = 0; i < 15; i++) {
      const on = (bits >> i) & 1;
      fixed(i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, 8, on);
      fixed(8, i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i, on);
    }
    fixed(size - 8, 8, 1);
  };
  format(0);
  if (version > 6) for (let i = 0, bits = bch(version, 0x1f25, 12); i < 18; i++) for (const [r, c] of [[Math.floor(i / 3), size - 11 + (i % 3)], [size - 11 + (i % 3), Math.floor(i / 3)]]) fixed(r, c, (bits >> i) & 1);
  const bits = codewords(bytes, version).flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((i) => (byte >> i) & 1));
  let next = 0, up = true;
  for (let right = size - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right--;
    for (let i = 0; i < size; i++) for (const c of [right, right - 1]) { const r = up ? size - 1 - i : i; grid[r][c] ??= bits[next++] ?? 0; }
  }
  // Long runs and squares of one colour are hard to read.
  const penalty = (rows) => [rows, rows[0].map((_, c) => rows.map((row) => row[c]))].flat().reduce((sum, row) => sum + [...row.join("").matchAll(/0{5,}|1{5,}/g)].reduce((all, [run]) => all + run.length - 2, 0) + 40 * [...row.join("").matchAll(/(?=10111010000|00001011101)/g)].length, 0)
    + rows.flatMap((row, r) => row.map((x, c) => (r && c && x === row[c - 1] && x === rows[r - 1][c] && x === rows[r - 1][c - 1] ? 3 : 0))).reduce((a, b) => a + b, 0);
  const all = masks.map((flips, mask) => (format(mask), grid.map((row, r) => row.map((x, c) => (x > 1 ? x - 2 : x ^ (flips(r, c) ? 0 : 1))))));
  return all.reduce((best, rows) => (penalty(rows) < penalty(best) ? rows : best));
}

export function draw(text) {
  const rows = encode(text);
  if (!rows) return "The address is too long for a code.";
  const space = "http://www.w3.org/2000/svg", make = (name, attributes) => Object.entries(attributes).reduce((node, [key, value]) => (node.setAttribute(key, value), node), document.createElementNS(space, name));
  const svg = make("svg", { viewBox: `-4 -4 ${rows.length + 8} ${rows.length + 8}`, class: "qr", role: "img", "aria-label": `QR code of ${text}` });
  svg.append(make("path", { d: rows.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ""))).join("") }));
  return svg;
}
