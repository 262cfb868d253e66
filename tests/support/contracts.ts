import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../core/contract/contract.ts';
import { root } from './process.ts';

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'method' in value && 'url' in value && 'access' in value;

/** Every contract of `core/contract` and the folders in it, by its exported name. */
export async function everyContract(): Promise<ReadonlyMap<string, Contract>> {
  const contracts = new Map<string, Contract>();
  const files = readdirSync(join(root, 'core/contract'), { recursive: true }).map(String);
  for (const name of files.filter((file) => file.endsWith('.ts'))) {
    const module: Record<string, unknown> = await import(join(root, 'core/contract', name));
    for (const [key, value] of Object.entries(module)) if (isContract(value)) contracts.set(key, value);
  }
  return contracts;
}
