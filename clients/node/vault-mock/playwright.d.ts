import type {
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestType,
} from "@playwright/test";
import type { Space, StartOptions } from "./index";

export interface Fixtures {
  /** A space for this test, forgotten after it. */
  vault: Space;
}

export type VaultTest = TestType<PlaywrightTestArgs & PlaywrightTestOptions & Fixtures, PlaywrightWorkerArgs & PlaywrightWorkerOptions>;

export const test: VaultTest;
/** The same, with a mock that was started with these options. */
export function testWith(options: StartOptions): VaultTest;
