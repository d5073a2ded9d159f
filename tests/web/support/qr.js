// Reads a QR code (ISO/IEC 18004) out of its modules, without repairing anything: a code that is not exactly right fails.
// Any mask; versions 1 to 6; error correction L; one text of bytes.

import assert from "node:assert/strict";

const blocksOf = { 1: [7, 1], 2: [10, 1], 3: [15, 1], 4: [20, 1], 5: [26, 1], 6: [18, 2] };
const middles = { 2: [6, 18], 3: [6, 22], 4: [6, 26], 5: [6, 30], 6: [6, 34] };
const masks = [(r, c) => (r + c) % 2, (r) => r % 2, (r, c) => c % 3, (r, c) => (r + c) % 3, (r, c) => ((r >> 1) + Math.floor(c / 3)) % 2, (r, c) => ((r * c) % 2) + ((r * c) % 3), (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2];

function multiply(a, b) {
  let product = 0;
  for (let i = 0; i < 8; i++) {
    if ((b >> i) & 1) product ^= a << i;
  }
  for (let i = 14; i >= 8; i--) if ((product >> i) & 1) product ^= 0x11d << (i - 8);
  return product;
}
// The value of a polynomial at each power of 2: all are zero where nothing is broken.
function isWhole(words, checks) {
  let root = 1;
  for (let i = 0; i < checks; i++, root = multiply(root, 2)) if (words.reduce((sum, word) => multiply(sum, root) ^ word, 0) !== 0) return false;
  return true;
}

export function decode(grid) {
  const n = grid.length, version = (n - 17) / 4;
  const finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"];
  for (const [top, left] of [[0, 0], [0, n - 7], [n - 7, 0]])
    assert.deepEqual(finder.map((_, r) => grid[top + r].slice(left, left + 7).map(Number).join("")), finder, "a finder");
  const taken = Array.from({ length: n }, () => Array(n).fill(false));
  const take = (top, left, height, width) => { for (let r = top; r < top + height; r++) for (let c = left; c < left + width; c++) taken[r][c] = true; };
  take(0, 0, 9, 9);
  take(0, n - 8, 9, 8);
  take(n - 8, 0, 8, 9);
  take(6, 0, 1, n);
  take(0, 6, n, 1);
  for (const r of middles[version] ?? []) for (const c of middles[version]) {
    if ((r === 6 && (c === 6 || c === n - 7)) || (r === n - 7 && c === 6)) continue;
    assert.ok(grid[r][c] && !grid[r][c + 1] && grid[r + 2][c - 2], "a mark of alignment");
    take(r - 2, c - 2, 5, 5);
  }
  const around = [0, 1, 2, 3, 4, 5, 7, 8].map((c) => grid[8][c]).concat([7, 5, 4, 3, 2, 1, 0].map((r) => grid[r][8])).map(Number);
  const beside = [1, 2, 3, 4, 5, 6, 7].map((i) => grid[n - i][8]).concat([8, 7, 6, 5, 4, 3, 2, 1].map((i) => grid[8][n - i])).map(Number);
  assert.deepEqual(around, beside, "the format stands twice");
  const format = parseInt(around.join(""), 2) ^ 0x5412;
  assert.equal(format >> 13, 1, "level L");
  const mask = masks[(format >> 10) & 7];
  const bits = [];
  for (let right = n - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right--;
    for (let i = 0; i < n; i++) for (const c of [right, right - 1]) {
      const r = up ? n - 1 - i : i;
      if (!taken[r][c]) bits.push(Number(grid[r][c]) ^ (mask(r, c) === 0 ? 1 : 0));
    }
  }
  const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, i) => parseInt(bits.slice(8 * i, 8 * i + 8).join(""), 2));
  const [checks, count] = blocksOf[version], data = words.length - checks * count, short = Math.floor(data / count);
  const blocks = Array.from({ length: count }, () => []);
  for (let i = 0; i < short; i++) for (const block of blocks) block.push(words.shift());
  for (let i = count - (data % count); i < count; i++) blocks[i].push(words.shift());
  const text = blocks.flatMap((block) => [...block]);
  for (let i = 0; i < checks; i++) for (const block of blocks) block.push(words.shift());
  for (const block of blocks) assert.ok(isWhole(block, checks), "the checks of a block");
  const stream = text.map((word) => word.toString(2).padStart(8, "0")).join(""), head = 12;
  assert.equal(stream.slice(0, 4), "0100", "bytes");
  const length = parseInt(stream.slice(4, head), 2);
  return new TextDecoder().decode(Uint8Array.from({ length }, (_, i) => parseInt(stream.slice(head + 8 * i, head + 8 * i + 8), 2)));
}
