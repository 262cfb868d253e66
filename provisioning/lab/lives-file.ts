import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { DeviceLife } from './model/traffic.ts';

/**
 * Remembers from one run of the lab to the next since when its devices run, so that their counters go on where they
 * were. What cannot be read is as good as absent.
 */
export function readLives(file: string): ReadonlyMap<string, DeviceLife> {
  try {
    const lives: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof lives !== 'object' || lives === null) return new Map();
    return new Map(Object.entries(lives).filter((entry): entry is [string, DeviceLife] => isLife(entry[1])));
  } catch {
    return new Map();
  }
}

export function writeLives(file: string, lives: ReadonlyMap<string, DeviceLife>): void {
  writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(lives)));
  renameSync(`${file}.new`, file);
}

function isLife(value: unknown): value is DeviceLife {
  return (
    typeof value === 'object' &&
    value !== null &&
    'bootAt' in value &&
    Number.isFinite(value.bootAt) &&
    'cuts' in value &&
    Array.isArray(value.cuts) &&
    value.cuts.every((cut) => Number.isFinite(cut?.from) && (cut?.to === null || Number.isFinite(cut?.to)))
  );
}
