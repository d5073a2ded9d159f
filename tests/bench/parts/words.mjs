// The words that a benchmark is started with.

// Options of these names as numbers, in their places; or it throws with what they take.
export function readNumbers(values, names) {
  for (const name of names) {
    if (!/^[1-9]\d*$/.test(values[name])) throw new Error(`--${name} takes a number of 1 or more, not ${values[name]}.`);
    values[name] = Number(values[name]);
  }
}

export function printUsageAndExit(error, usage) {
  console.error(`${error.message}\n${usage}`);
  process.exit(2);
}
