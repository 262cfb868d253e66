import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.ts';

const folder = join(root, '../shared/corpora/routeros');

/** Whether the recorded bytes, dialogues and replies of real routers are there; says once where they are not. */
export const hasCorpus = existsSync(join(folder, 'lengths.json'));
if (!hasCorpus) process.stderr.write(`no RouterOS vectors in ${folder}: their tests are skipped\n`);

const read = (name: string): string => (hasCorpus ? readFileSync(join(folder, name), 'utf8') : '');

export function corpusJson<Content>(name: string, absent: Content): Content {
  return hasCorpus ? JSON.parse(read(name)) : absent;
}

export const corpusLines = <Line>(name: string): Line[] =>
  read(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

export const corpusFolder = folder;
