"use strict";

// What the mock refused, or why it is not there. `status` is that of the mock's answer, or 0 where there was none;
// `mistakes` are those of a rule, each with its place and the word that was probably meant.
class VaultMockError extends Error {
  constructor(message, { status = 0, mistakes = [], cause } = {}) {
    super(message, cause ? { cause } : undefined);
    this.name = "VaultMockError";
    this.status = status;
    this.mistakes = mistakes;
  }
}

// Throws where an object has another key than the known ones: a slip would have no effect, and nobody would see why.
function refuseOtherKeys(what, given, known) {
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) throw new VaultMockError(`${what} has no option '${key}', only: ${known.join(", ")}`);
  }
}

module.exports = { VaultMockError, refuseOtherKeys };
