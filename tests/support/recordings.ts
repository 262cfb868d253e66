import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ProbeReport, probeHost } from '../../collector/probe-host.ts';
import type { Profiles } from '../../collector/profile.ts';
import type { SnmpClient } from '../../collector/snmp/client.ts';
import { Secret } from '../../core/config/secret.ts';
import { root } from './process.ts';
import { recordedAgent } from './recorded-agent.ts';

/** Beside the project, not in it; built files lie a folder deeper. */
const shared = join(root, basename(root) === 'dist' ? '../..' : '..', 'shared');
/** Recordings of real devices and the answers that are expected of them. */
export const corpus = join(shared, 'corpora/snmp');
export const scoreTool = join(shared, 'tools/score-probe.mjs');
export const isCorpusThere = existsSync(join(corpus, 'recordings')) && existsSync(scoreTool);

const SUFFIX = '.snmprec';
/** Names of the recordings of a folder. */
export const recordingsIn = (dir: string): readonly string[] =>
  readdirSync(dir)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
export const recordingOf = (dir: string, name: string): string => join(dir, `${name}${SUFFIX}`);
export const readRecording = (dir: string, name: string): Buffer => readFileSync(recordingOf(dir, name));

/** What `simpul probe` would say of a device that answers by this client: nothing is sent. */
export function replay(client: SnmpClient, profiles: Profiles): Promise<ProbeReport> {
  const security = { version: '2c', community: new Secret('none') } as const;
  const target = { address: '127.0.0.1', port: 161, security, timeoutMs: 1_000, retries: 0 };
  return probeHost(target, profiles, () => client);
}

export const replayRecording = (dir: string, name: string, profiles: Profiles): Promise<ProbeReport> =>
  replay(recordedAgent(recordingOf(dir, name)), profiles);

export const PARTS = ['identity', 'ports', 'wireless', 'sensors', 'usage'] as const;
export type Part = (typeof PARTS)[number];
/** Percent found of each part, by family and `TOTAL`; a part that no device of the family has is absent. */
export type ScoreTable = ReadonlyMap<string, Readonly<Partial<Record<Part, number>>>>;

/** The score tool's table over two folders of answers, as it prints it. */
export const printedScore = (expectedDir: string, actualDir: string): string =>
  execFileSync(process.execPath, [scoreTool, '--table', expectedDir, actualDir], { encoding: 'utf8' });

export function readScore(printed: string): ScoreTable {
  const table = new Map<string, Partial<Record<Part, number>>>();
  for (const line of printed.trim().split('\n').slice(1)) {
    const [family = '', , ...cells] = line.split('\t');
    const row: Partial<Record<Part, number>> = {};
    for (const [at, part] of PARTS.entries()) {
      const percent = /^([\d.]+)%/.exec(cells[at] ?? '')?.[1];
      if (percent !== undefined) row[part] = Number(percent);
    }
    table.set(family, row);
  }
  return table;
}
