import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { silentLog } from '../../log/log.ts';
import { openInventory } from './open.ts';
import { templateDirectory } from './template.ts';

/** Makes the template where it is missing. Several processes may do so at once: the first one done wins. */
export async function makeTemplate(): Promise<string> {
  const place = templateDirectory();
  if (existsSync(place)) return place;
  mkdirSync(dirname(place), { recursive: true });
  const draft = mkdtempSync(join(dirname(place), 'inventory-draft-'));
  const options = { log: silentLog, clock: Date.now, durable: false };
  try {
    await (await openInventory({ dataDir: draft, databaseUrl: null, secretKey: null }, options)).close();
    renameSync(join(draft, 'inventory'), place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return place;
}
