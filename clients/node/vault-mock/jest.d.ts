import type { Space, StartOptions } from "./index";

export interface Fixtures {
  /** A space for this test, forgotten after it. */
  vault: Space;
}

type Define = (name: string, body: (fixtures: Fixtures) => void | Promise<void>, timeout?: number) => void;

export interface VaultTest extends Define {
  only: Define;
  skip: Define;
  failing: Define;
  todo(name: string): void;
  concurrent: Define & { only: Define; skip: Define };
}

export const test: VaultTest;
/** The same, with a mock that was started with these options. */
export function testWith(options: StartOptions): VaultTest;
