// A QR code (ISO/IEC 18004): version 5, error correction L, mask 0, bytes in one block.

const size = 37, most = 108, checks = 26; // modules of a side; codewords of data, of error correction
const format = 0x77c4; // level L, mask 0 and their check bits
const range = (n) => [...Array(n).keys()];
const digits = (numbers, radix, width) => numbers.map((number) => number.toString(radix).padStart(width, "0")).join("");

const exp = [1]; // the powers of 2 in GF(256)
for (let i = 0; i < 254; i++) exp.push((exp[i] << 1) ^ (exp[i] > 127 ? 0x11d : 0));
const times = (a, b) => (a && b ? exp[(exp.indexOf(a) + exp.indexOf(b)) % 255] : 0);

function check(data) {
  let poly = [1];
  for (let i = 0; i < checks; i++) poly = [...poly, 0].map((x, k) => x ^ (k && times(poly[k - 1], exp[i])));
  const rest = [...data, ...Array(checks).fill(0)];
  data.forEach((_, i) => poly.slice(1).forEach((x, k) => (rest[i + k + 1] ^= times(x, rest[i]))));
  return rest.slice(most);
}

// → rows of true and false; nothing: the text is too long
export function encode(text) {
  const bytes = [...new TextEncoder().encode(text)], used = bytes.length + 2;
  if (used > most) return;
  const hex = `4${digits([bytes.length, ...bytes], 16, 2)}0`, data = range(most).map((i) => (i < used ? parseInt(hex.slice(2 * i, 2 * i + 2), 16) : (i - used) % 2 ? 17 : 236));
  const bits = digits([...data, ...check(data)], 2, 8), grid = range(size).map(() => []), end = size - 4;
  // The squares to find it by: middle, reach, and at which distances they are light.
  for (const [y, x, reach, ...light] of [[3, 3, 4, 2, 4], [3, end, 4, 2, 4], [end, 3, 4, 2, 4], [size - 7, size - 7, 2, 1]])
    for (const r of range(size)) for (const c of range(size)) {
      const far = Math.max(Math.abs(r - y), Math.abs(c - x));
      if (far <= reach) grid[r][c] = !light.includes(far);
    }
  for (let i = 8; i < size - 8; i++) grid[6][i] = grid[i][6] = i % 2 === 0;
  for (const i of range(15)) grid[i < 6 ? i : i < 8 ? i + 1 : size - 15 + i][8] = grid[8][i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i] = (format >> i) % 2 > 0;
  grid[size - 8][8] = true;
  let at = 0;
  for (let right = size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up)
    for (const i of range(size)) for (const c of [right, right - 1]) grid[up ? size - 1 - i : i][c] ??= bits[at++] === `${(i + c) % 2}`;
  return grid;
}
