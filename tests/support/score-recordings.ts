/**
 * Scores profiles against recordings without a network between: quick to repeat while a profile is written.
 *
 *   npx tsx tests/support/score-recordings.ts [--missing] [NAME-OR-FAMILY …]
 *
 * Prints the table of the score tool over what was chosen; with --missing each value that was not found.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profile, Profiles } from '../../collector/profile.ts';
import { root } from './process.ts';
import { corpus, printedScore, replayRecording, scoreTool } from './recordings.ts';

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
const showsMissing = args.includes('--missing');
const dir = await mkdtemp(join(tmpdir(), 'simpul-score-'));
const [expectedDir, actualDir] = [join(dir, 'expected'), join(dir, 'actual')];
mkdirSync(expectedDir);
mkdirSync(actualDir);
const profiles = await profilesThatLoad();
for (const file of readdirSync(join(corpus, 'expected')).sort()) {
  const name = file.replace(/\.json$/, '');
  const { family }: { family: string } = JSON.parse(readFileSync(join(corpus, 'expected', file), 'utf8'));
  if (wanted.length > 0 && !wanted.includes(name) && !wanted.includes(family)) continue;
  symlinkSync(join(corpus, 'expected', file), join(expectedDir, file));
  const report = await replayRecording(join(corpus, 'recordings'), name, profiles);
  writeFileSync(join(actualDir, file), JSON.stringify(report));
  if (showsMissing) {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [scoreTool, join(expectedDir, file), join(actualDir, file)],
      {
        encoding: 'utf8',
      },
    );
    process.stdout.write(`── ${name} (${report.device.profile})\n${stdout}${stderr}`);
  }
}
process.stdout.write(printedScore(expectedDir, actualDir));
rmSync(dir, { recursive: true });

/** A profile that is being written may be broken: that must not keep the others from being scored. */
async function profilesThatLoad(): Promise<Profiles> {
  const profiles = new Map<string, Profile>();
  for (const file of readdirSync(join(root, 'collector/profiles'))) {
    const id = file.replace(/\.ts$/, '');
    try {
      const module: { profile: Profile } = await import(`../../collector/profiles/${file}`);
      profiles.set(id, module.profile);
    } catch (error) {
      process.stderr.write(`${file} is left out: ${error}\n`);
    }
  }
  return profiles;
}
