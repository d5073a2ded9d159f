import type { TestAPI } from "vitest";
import type { Space, StartOptions } from "./index.js";

export interface Fixtures {
  /** A space for this test, forgotten after it. */
  vault: Space;
}

export const test: TestAPI<Fixtures>;
/** The same, with a mock that was started with these options. */
export function testWith(options: StartOptions): TestAPI<Fixtures>;
