import { defineConfig } from 'vitest/config';
import { ClosingLine } from './tests/support/closing-line.ts';
import { LongestFirst } from './tests/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/global-setup.ts'],
    reporters: ['default', new ClosingLine()],
    // One more than the cores of the smallest machine: while one waits for a real program or a browser, the others work.
    pool: 'forks',
    maxWorkers: 3,
    // One worker imports the product's modules once for all its files: they keep no state, by the house's rule.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Against what hangs, not against what is slow: on a busy machine a real program takes several times as long.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    restoreMocks: true,
  },
});
