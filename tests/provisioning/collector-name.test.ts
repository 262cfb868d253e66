import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { keepCollectorName } from '../../provisioning/collector-name.ts';

let dataDir: string;
let renamed: string[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'simpul-name-'));
  renamed = [];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const heartbeats = {
  rename: async (from: string, to: string) => void renamed.push(`${from} → ${to}`),
} as unknown as Inventory['heartbeats'];
const startAs = (collectorName: string) => keepCollectorName({ dataDir, collectorName }, { heartbeats });

test('a collector takes what it was along to another name, once', async () => {
  for (const name of ['pop-1', 'pop-1', 'pop-2']) await startAs(name);

  expect(renamed).toEqual(['collector → pop-1', 'pop-1 → pop-2']);
});

test('a name that the store could not take is tried again at the next start', async () => {
  const failing = { rename: () => Promise.reject(new Error('away')) } as unknown as Inventory['heartbeats'];
  await expect(keepCollectorName({ dataDir, collectorName: 'pop-1' }, { heartbeats: failing })).rejects.toThrow();

  await startAs('pop-1');

  expect(renamed).toEqual(['collector → pop-1']);
});
