// The client of Vault Mock. What the mock's own API takes and gives is in types/, made from its documents.

/// <reference lib="esnext.disposable" />

import type { Answer, Condition, Delay, Fault, Rule as RuleOfFile } from "./types/rules";
import type { Clock, Connection, Operations, Request, RequestSummary, Rule, RuleCheck, Session, Verification } from "./types/admin";

export type { Answer, Condition, Clock, Connection, Delay, Fault, Request, RequestSummary, Rule, RuleCheck, RuleOfFile, Session, Verification };

/** Starts the program, which ends with this process at the latest. */
export function start(options?: StartOptions): Promise<Mock>;
/** A mock that runs already, as `http://127.0.0.1:4010`; it is asked once whether it is there. */
export function connect(url: string, options?: { adminToken?: string }): Promise<Mock>;

export interface StartOptions {
  /** Rule files, or folders of them. */
  rules?: string | string[];
  /** Suspicious input is answered with 422 instead of advice. */
  strict?: boolean;
  /** Of everything random. */
  seed?: number | bigint;
  /** The clock stands still there. */
  now?: string | Date;
  /** 0, the default: any free one. */
  port?: number;
  adminToken?: string;
  /** More words for the program: `vault-mock --help` has them all. */
  arguments?: string[];
  env?: Record<string, string>;
}

export interface Mock extends AsyncDisposable {
  readonly url: string;
  /** A world of its own, made on first use; without a name the default one. */
  space(name?: string): Space;
  /** Ends the program that start() started. */
  stop(): Promise<void>;
}

export interface Space {
  readonly name: string;
  /** The base URL for the code under test. */
  readonly url: string;
  /** For code whose base URL is that of the mock. */
  readonly headers: { "x-mock-space": string };
  /** Begins a rule: what is answered to these requests. */
  when(conditions?: Condition): RuleBuilder;
  /** That requests came as expected (at least one, unless it says how many); else an AssertionError says what came. */
  verify(when: Condition, expected?: Expected): Promise<Verification>;
  /** That such requests came one after the other. */
  verifyOrder(conditions: Condition[]): Promise<Verification>;
  /** That each rule that was added has matched; with the name of a rule file, each of its rules. */
  verifyEveryRuleUsed(file?: string): Promise<Verification>;
  readonly clock: {
    get(): Promise<Clock>;
    freeze(time: string | number | Date): Promise<Clock>;
    /** "61m": jumps. */
    advance(duration: string): Promise<Clock>;
    /** "-1h": runs, so far from real time. */
    offset(duration: string): Promise<Clock>;
    resume(): Promise<Clock>;
  };
  readonly sessions: {
    get(token: string): Promise<Session>;
    /** Newest first. */
    list(): Promise<Session[]>;
    expire(token: string): Promise<Session>;
    revoke(token: string): Promise<void>;
  };
  readonly requests: {
    /** Newest first. */
    list(filter?: Omit<Operations["requestsAll"]["query"], "cursor" | "format" | "summary" | "spaces">): Promise<Request[]>;
    get(id: string): Promise<Request>;
    /** What decided the answer; without an id, the latest. */
    why(id?: string): Promise<Pick<Request, "sentence" | "trace">>;
    /** As they come, from the moment of the call, or from behind the sequence `after` (0: from the first). */
    live(options?: LiveOptions): AsyncGenerator<RequestSummary, void, undefined>;
    clear(): Promise<void>;
  };
  readonly rules: {
    /** Those added, newest first, then those of files. */
    list(): Promise<Rule[]>;
    add(rule: RuleOfFile): Promise<Added>;
    /** Switches a rule on or off, or lets it end. */
    patch(id: string, change: Operations["rulesChange"]["body"]): Promise<Rule>;
    remove(id: string): Promise<void>;
    /** Whether it could be added, and whether it would match a request of the journal. */
    check(rule: RuleOfFile, options?: { request?: string }): Promise<RuleCheck>;
  };
  readonly connections: {
    /** A consumer that the mock does not know yet needs its application. */
    set(consumerId: string, unifiedApi: string, serviceId: string, connection: Operations["connectionsSet"]["body"] & OfApplication): Promise<Connection>;
    list(consumerId: string, options?: OfApplication): Promise<Connection[]>;
  };
  /** Of everything random in this space. */
  seed(seed: number): Promise<Operations["seedSet"]["answer"]>;
  /** Takes back what changed: everything, or these parts. */
  reset(only?: ResetPart | ResetPart[]): Promise<Operations["reset"]["answer"]>;
  /** Deletes the space. */
  forget(): Promise<void>;
}

export interface OfApplication {
  application_id?: string;
}

export type ResetPart = NonNullable<Operations["reset"]["body"]["only"]>[number];

/** Is added by once(), times() or always(), or by awaiting it, which means always. */
export interface RuleBuilder extends PromiseLike<Added> {
  /** What x-mock-rule, the log and explanations call it. */
  named(name: string): this;
  error(error: NonNullable<Answer["error"]>): this;
  respond(answer: Answer): this;
  fault(fault: Fault): this;
  delay(delay: Delay): this;
  /** The usual answer. */
  pass(): this;
  /** One after the other: a status, the type name of an error, "pass", or an answer. Then the last again and again. */
  sequence(answers: (number | "pass" | Answer | (Answer["error"] & string))[], options?: { then?: RuleOfFile["then"] }): this;
  once(): Promise<Added>;
  times(times: number): Promise<Added>;
  always(): Promise<Added>;
}

export interface Added {
  readonly id: string;
  readonly label: string;
  /** As it is now, with `hits` and `remaining`. */
  get(): Promise<Rule>;
  remove(): Promise<void>;
}

export interface Expected {
  times?: number;
  atLeast?: number;
  atMost?: number;
  /** Of the answer, or one of several. */
  status?: number | number[];
}

export interface LiveOptions {
  after?: number;
  /** 100; at most 1000. */
  perSecond?: number;
  /** Is told of requests that were not shown because too many came at once; without it, they are an error. */
  onMissed?(missed: Missed): void;
  signal?: AbortSignal;
}

export interface Missed {
  count: number;
  by_status: Record<string, number>;
}

/** What the mock refused, in its own words, or why there is none. */
export class VaultMockError extends Error {
  /** Of the mock's answer; 0: there was none. */
  readonly status: number;
  /** Of a rule, with places and suggestions. */
  readonly mistakes: RuleCheck["mistakes"];
}
