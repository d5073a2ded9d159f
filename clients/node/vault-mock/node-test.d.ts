import type { TestContext, TestOptions } from "node:test";
import type { Space, StartOptions } from "./index";

export interface Fixtures {
  /** A space for this test, forgotten after it. */
  vault: Space;
  t: TestContext;
}

type Body = (fixtures: Fixtures) => void | Promise<void>;

interface Define {
  (name: string, body: Body): Promise<void>;
  (name: string, options: TestOptions, body?: Body): Promise<void>;
}

export interface VaultTest extends Define {
  only: Define;
  skip: Define;
  todo: Define;
}

export const test: VaultTest;
/** The same, with a mock that was started with these options. */
export function testWith(options: StartOptions): VaultTest;
