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
import { probeHost } from '../../collector/probe-host.ts';
import { loadProfiles } from '../../collector/profile.ts';
import { Secret } from '../../core/config/secret.ts';
import { root } from './process.ts';
import { recordedAgent } from './recorded-agent.ts';

const corpus = join(root, '../shared/corpora/snmp');
const tool = join(root, '../shared/tools/score-probe.mjs');
const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
const showsMissing = args.includes('--missing');
const dir = await mkdtemp(join(tmpdir(), 'simpul-score-'));
const [expectedDir, actualDir] = [join(dir, 'expected'), join(dir, 'actual')];
mkdirSync(expectedDir);
mkdirSync(actualDir);
const profiles = await loadProfiles();
const security = { version: '2c', community: new Secret('none') } as const;
const target = { address: '127.0.0.1', port: 161, security, timeoutMs: 1_000, retries: 0 };
for (const file of readdirSync(join(corpus, 'expected')).sort()) {
  const name = file.replace(/\.json$/, '');
  const { family }: { family: string } = JSON.parse(readFileSync(join(corpus, 'expected', file), 'utf8'));
  if (wanted.length > 0 && !wanted.includes(name) && !wanted.includes(family)) continue;
  symlinkSync(join(corpus, 'expected', file), join(expectedDir, file));
  const agent = recordedAgent(join(corpus, 'recordings', `${name}.snmprec`));
  const report = await probeHost(target, profiles, () => agent);
  writeFileSync(join(actualDir, file), JSON.stringify(report));
  if (showsMissing) {
    const { stdout } = spawnSync(process.execPath, [tool, join(expectedDir, file), join(actualDir, file)], {
      encoding: 'utf8',
    });
    process.stdout.write(`── ${name} (${report.device.profile})\n${stdout}`);
  }
}
spawnSync(process.execPath, [tool, '--table', expectedDir, actualDir], { stdio: 'inherit' });
rmSync(dir, { recursive: true });
