import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULE = /^(?!.*\.d\.ts$).+\.(?:ts|js)$/;

/**
 * Imports every module of a folder: the folder is the registry, a file's name its id. Works on sources and on what is
 * built from them, where declarations and source maps stand beside the modules.
 * @param folder URL of the folder, ending in a slash
 * @param read takes what is wanted out of a module, and throws where it is not there
 * @returns by id, in order of the ids
 */
export async function loadFolder<Item>(
  folder: URL,
  read: (module: Readonly<Record<string, unknown>>, id: string) => Item,
): Promise<ReadonlyMap<string, Item>> {
  const names = (await readdir(fileURLToPath(folder))).filter((name) => MODULE.test(name)).sort();
  const items = new Map<string, Item>();
  for (const name of names) {
    const id = basename(name).replace(/\.[^.]+$/, '');
    const module: Record<string, unknown> = await import(new URL(name, folder).href);
    items.set(id, read(module, id));
  }
  return items;
}
