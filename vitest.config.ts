import { defineConfig } from 'vitest/config';
import { ClosingLine } from './tests/support/closing-line.ts';
import { LongestFirst } from './tests/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/global-setup.ts'],
    reporters: ['default', new ClosingLine()],
    // Real servers and browsers beside the tests: two workers keep two cores busy. With a third all took as long
    // together, and each twice as long.
    pool: 'forks',
    maxWorkers: 2,
    // One worker imports the product's modules once for all its files: they keep no state, by the house's rule.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    restoreMocks: true,
  },
});
