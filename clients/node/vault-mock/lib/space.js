"use strict";
// A space: a world of its own, with rules, journal, clock, sessions and connections. Each test has one.

const { AssertionError } = require("node:assert");
const { VaultMockError, refuseOtherKeys } = require("./error.js");
const { call, query } = require("./http.js");
const { RuleBuilder } = require("./rule.js");
const { live } = require("./feed.js");

const timeOf = (time) => (typeof time === "string" ? time : new Date(time).toISOString());
const part = (text) => {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new VaultMockError(`${JSON.stringify(text)} has half of a character (a lone surrogate): no name and no id has one.`);
  }
};

// By a name that all have, for Jest loads this file anew for each test file while the mock's spaces stay.
const unfinished = Symbol.for("vault-mock unfinished");
const unfinishedOf = (space) => space[unfinished]();

class Space {
  [unfinished]() {
    return [...this.#unfinished].map(({ conditions }) => conditions);
  }

  #access;
  #unfinished = new Set(); // conditions of rules that were begun and not added

  constructor({ name, url, token, stopped, goneOf }) {
    this.name = name;
    this.url = url;
    this.headers = { "x-mock-space": part(name) };
    this.#access = { url, token, stopped, goneOf };

    const get = (path, parameters) => this.#call("GET", path + query(parameters));
    this.clock = {
      get: () => get("clock"),
      freeze: (time) => this.#call("PUT", "clock", { freeze: timeOf(time) }),
      advance: (duration) => this.#call("PUT", "clock", { advance: duration }),
      offset: (duration) => this.#call("PUT", "clock", { offset: duration }),
      resume: () => this.#call("PUT", "clock", { resume: true }),
    };
    this.sessions = {
      get: (token) => get(`sessions/${part(token)}`),
      list: () => this.#all("sessions", {}, "sessions"),
      expire: (token) => this.#call("PATCH", `sessions/${part(token)}`, { state: "expired" }),
      revoke: (token) => this.#call("DELETE", `sessions/${part(token)}`),
    };
    this.requests = {
      list: (filter = {}) => this.#all("requests", filter, "requests"),
      get: (id) => get(`requests/${part(id)}`),
      why: (id) => this.#why(id),
      live: (options) => live(this.#access, options),
      clear: () => this.#call("DELETE", "requests"),
    };
    this.rules = {
      list: () => this.#all("rules", {}, "added", "files"),
      add: (rule) => this.#addRule(rule),
      patch: (id, change) => this.#call("PATCH", `rules/${part(id)}`, change),
      remove: (id) => this.#call("DELETE", `rules/${part(id)}`),
      check: (rule, { request } = {}) => this.#call("POST", `rules${query({ check: 1, request })}`, rule),
    };
    this.connections = {
      set: (consumer_id, api, service, { application_id, ...connection }) =>
        this.#call("PUT", `connections/${part(api)}/${part(service)}${query({ consumer_id, application_id })}`, connection),
      list: async (consumer_id, { application_id } = {}) =>
        (await this.#call("GET", `connections${query({ consumer_id, application_id })}`, undefined, { connections: "array" })).connections,
    };
  }

  when(conditions = {}) {
    const begun = { conditions };
    this.#unfinished.add(begun);
    return new RuleBuilder((rule) => this.#addRule(rule), conditions, () => this.#unfinished.delete(begun));
  }

  async verify(when, expected = {}) {
    refuseOtherKeys("verify()", expected, ["times", "atLeast", "atMost", "status"]);
    const { times, atLeast, atMost, status } = expected;
    if (times !== undefined && (atLeast ?? atMost) !== undefined)
      throw new VaultMockError("verify() takes times, or atLeast and atMost, not both.");
    const range = atLeast === undefined && atMost === undefined ? undefined : { at_least: atLeast, at_most: atMost };
    return this.#verify({ when, times: times ?? range, status });
  }
  async verifyOrder(conditions) {
    return this.#verify({ order: conditions });
  }
  async verifyEveryRuleUsed(file) {
    return this.#verify({ every_rule_used: file ?? true });
  }

  seed(seed) {
    return this.#call("PUT", "seed", { seed });
  }
  reset(only) {
    return this.#call("POST", "reset", only === undefined ? {} : { only: [only].flat() });
  }
  async forget() {
    if (this.name === "default") throw new VaultMockError("The default space is always there: reset() puts it back to how it began.");
    await call(this.url, { method: "DELETE", token: this.#access.token });
  }

  async #call(method, path, body, needs) {
    const sent = call(`${this.url}/_mock/${path}`, { method, body, needs, token: this.#access.token });
    return sent.catch(async (error) => {
      throw (error.cause?.code && (await this.#access.goneOf?.())) ?? error;
    });
  }

  // Of all pages, or of those that `limit` needs.
  async #all(path, { limit = Infinity, ...filter }, ...lists) {
    const items = [];
    const needs = Object.fromEntries(lists.map((list) => [list, "array"]));
    for (let cursor; ; ) {
      const page = await this.#call("GET", path + query({ ...filter, limit: Math.min(limit - items.length, 1000), cursor }), undefined, needs);
      for (const list of lists) items.push(...page[list]);
      cursor = page.next;
      if (!cursor || items.length >= limit) return items;
    }
  }

  async #why(id) {
    const found = id ?? (await this.requests.list({ limit: 1 }))[0]?.id;
    if (found === undefined) throw new VaultMockError(`There was no request in space '${this.name}' yet.`);
    const { sentence, trace } = await this.requests.get(found);
    return { sentence, trace };
  }

  async #addRule(rule) {
    const added = await this.#call("POST", "rules", rule, { id: "string", label: "string" });
    const get = () => this.#call("GET", `rules/${part(added.id)}`);
    return { id: added.id, label: added.label, get, remove: () => this.rules.remove(added.id) };
  }

  async #verify(expected) {
    const result = await this.#call("POST", "verify", expected, { pass: "boolean" });
    if (result.pass) return result;
    throw new AssertionError({ message: result.message, actual: result.count, expected, operator: "verify" });
  }
}

module.exports = { Space, part, unfinishedOf };
