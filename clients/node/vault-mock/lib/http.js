"use strict";
// Requests to the mock's own API. Not by fetch, which tests replace.

const http = require("node:http");
const https = require("node:https");
const { VaultMockError } = require("./error.js");
const limit = require("./limit.js");

const late = () => new Error(`no answer within ${limit.ms / 1000} seconds`);
const unreachable = (url, cause) => new VaultMockError(`There is no mock at ${new URL(url).origin}: ${cause.message || cause.code}`, { cause });

// Opens a request. → its answer, once the head is there
function open(url, { method = "GET", headers = {}, token, body, signal } = {}) {
  const client = url.startsWith("https:") ? https : http;
  const all = { ...headers, ...(token && { authorization: `Bearer ${token}` }), ...(body && { "content-type": "application/json" }) };
  return new Promise((resolve, reject) => {
    const request = client.request(url, { method, headers: all, agent: false, signal });
    const timer = setTimeout(() => request.destroy(late()), limit.ms);
    request.on("response", (answer) => (clearTimeout(timer), resolve(answer)));
    request.on("error", (cause) => (clearTimeout(timer), reject(signal?.aborted ? cause : unreachable(url, cause))));
    request.end(body);
  });
}

async function textOf(answer, url) {
  const timer = setTimeout(() => answer.destroy(late()), limit.ms);
  let text = "";
  try {
    for await (const piece of answer.setEncoding("utf8")) text += piece;
  } catch (cause) {
    throw unreachable(url, cause);
  } finally {
    clearTimeout(timer);
  }
  return text;
}

// A refusal as the program words it: the mistakes of a rule with their places.
function refusal(status, text, what) {
  try {
    const { error, detail, text: report, mistakes } = JSON.parse(text);
    const message = typeof detail === "string" ? `${error}: ${detail}` : error;
    if (error) return new VaultMockError(report?.trimEnd() || message, { status, mistakes });
  } catch {
    // not of the mock
  }
  return new VaultMockError(`${what} answered ${status}, which no mock does: ${text.slice(0, 200)}`, { status });
}

const kindOf = (value) => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);

// The object in the text of an answer or an event, with these members: { rules: "array" }. Else what answers is not a mock.
function objectIn(text, members, what) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // told below
  }
  const lacks = Object.entries(members).filter(([name, kind]) => kindOf(value?.[name]) !== kind).map(([name]) => `'${name}'`);
  if (kindOf(value) === "object" && lacks.length === 0) return value;
  const expected = lacks.length > 0 ? `an object with ${lacks.join(", ")}` : "an object";
  throw new VaultMockError(`${what} is not of a mock: expected ${expected} in JSON, got: ${text.slice(0, 200)}`);
}

// → the JSON of the answer, which has the members of `needs`; a refusal is thrown.
async function call(url, options = {}) {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const answer = await open(url, { ...options, body });
  const text = await textOf(answer, url);
  const what = `${options.method ?? "GET"} ${url}`;
  if (answer.statusCode >= 300) throw refusal(answer.statusCode, text, what);
  return answer.statusCode === 204 ? undefined : objectIn(text, options.needs ?? {}, `The answer to ${what}`);
}

// { status: "4xx" } → "?status=4xx"; what is undefined is left out.
function query(parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

module.exports = { call, objectIn, open, query, refusal, textOf };
