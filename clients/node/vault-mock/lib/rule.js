"use strict";
// vault.when(…): a rule in the making. It is added where the answer is complete: by once(), times(), always(), or by
// awaiting it, which means always.

const { VaultMockError } = require("./error.js");

// 503 → { error: 503 }, 204 → { status: 204 }, "pass" → { pass: true }, "RequestLimitError" → { error: … }; what is an
// answer already stays.
function answerOf(short) {
  if (short === "pass") return { pass: true };
  if (typeof short === "string") return { error: short };
  if (typeof short === "number") return short < 400 ? { status: short } : { error: short };
  return short;
}

class RuleBuilder {
  #add;
  #rule;
  #answer = undefined;
  #added = undefined;
  #ended;

  constructor(add, conditions, ended) {
    this.#ended = ended;
    this.#add = add;
    this.#rule = { when: conditions };
  }

  #with(answer) {
    this.#answer = { ...this.#answer, ...answer };
    return this;
  }

  named(name) {
    this.#rule.name = name;
    return this;
  }
  error(error) {
    return this.#with({ error });
  }
  respond(answer) {
    return this.#with(answer);
  }
  fault(fault) {
    return this.#with({ fault });
  }
  delay(delay) {
    return this.#with({ delay });
  }
  pass() {
    return this.#with({ pass: true });
  }
  sequence(answers, { then } = {}) {
    Object.assign(this.#rule, { sequence: answers.map(answerOf) }, then && { then });
    return this;
  }

  once() {
    return this.times(1);
  }
  times(times) {
    return this.#end({ times });
  }
  always() {
    return this.#end({});
  }

  // At once, and once only: an answer that is changed later would have no effect.
  #end(limit) {
    this.#ended();
    return (this.#added ??= this.#addWith(limit));
  }
  async #addWith(limit) {
    const answer = this.#answer && { respond: this.#answer };
    if (!answer && !this.#rule.sequence)
      throw new VaultMockError('when(…) needs an answer: .error(402), .respond({…}), .fault("reset"), .delay("2s"), .pass() or .sequence([…]).');
    return this.#add({ ...this.#rule, ...answer, ...limit });
  }

  then(resolve, reject) {
    return this.always().then(resolve, reject);
  }
}

module.exports = { RuleBuilder };
