import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ProbeReport, probeHost } from '../../collector/probe-host.ts';
import { loadProfiles, type Profiles } from '../../collector/profile.ts';
import { Secret } from '../../core/config/secret.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import { type Bench, rounded, spread } from '../support/bench.ts';
import { identifyPairs } from '../support/identification.ts';
import { corpus, printedScore, readRecording, recordingsIn, scoreTool } from '../support/recordings.ts';
import { startSnmpsim } from '../support/snmpsim.ts';

type Answer = { readonly name: string; readonly report: ProbeReport | null; readonly ms: number };

/**
 * Plays recordings of real devices by Debian's snmpsim and asks each over the wire as `simpul probe` does.
 *
 *   --recordings DIR   of `.snmprec` files
 *   --expected DIR     of the answers that are expected; by default `expected` beside the recordings, if it is there.
 *                      Without them a line for each device says what it was taken for.
 *   --identify FILE    pairs of sysObjectID and sysDescr with the operating system; by default `identify.jsonl` there
 *   --answers DIR      keeps the answers
 *   --at-once NUMBER   devices that are asked side by side
 *   --version 1        asks by SNMPv1
 */
export const bench: Bench = async ({ option, text, print }) => {
  const recordings = resolve(text('recordings') ?? join(corpus, 'recordings'));
  const beside = resolve(recordings, '..');
  const expected = ifThere(text('expected') ?? join(beside, 'expected'));
  const pairs = ifThere(text('identify') ?? join(beside, 'identify.jsonl'));
  const kept = text('answers');
  const names = recordingsIn(recordings);
  if (names.length === 0) throw new Error(`no recordings in ${recordings}`);
  const profiles = await loadProfiles();
  const answers = kept === null ? await mkdtemp(join(tmpdir(), 'simpul-answers-')) : resolve(kept);
  await mkdir(answers, { recursive: true });

  const snmpsim = await startSnmpsim(Object.fromEntries(names.map((name) => [name, readRecording(recordings, name)])));
  try {
    const startedAt = performance.now();
    const asked = await askAll(names, snmpsim.port, profiles, {
      atOnce: option('at-once', 4),
      version: text('version') === '1' ? '1' : '2c',
    });
    const seconds = rounded((performance.now() - startedAt) / 1_000);
    for (const { name, report } of asked)
      if (report !== null) await writeFile(join(answers, `${name}.json`), JSON.stringify(report));
    if (expected === null) for (const { name, report } of asked) print({ recording: name, ...takenFor(report) });
    else if (existsSync(scoreTool)) process.stdout.write(printedScore(expected, answers));
    print({
      what: 'recordings asked over the wire',
      devices: names.length,
      silent: asked.filter(({ report }) => report === null).map(({ name }) => name),
      seconds,
      perDevice: spread(asked.map(({ ms }) => ms)),
      ...(kept === null ? {} : { answers }),
    });
    if (pairs !== null)
      print({ what: 'operating systems by name', ...(await identifyPairs(pairs, recordings, profiles)) });
  } finally {
    await snmpsim.stop();
    if (kept === null) await rm(answers, { recursive: true, force: true });
  }
};

const ifThere = (path: string): string | null => (existsSync(path) ? resolve(path) : null);

async function askAll(
  names: readonly string[],
  port: number,
  profiles: Profiles,
  { atOnce, version }: { readonly atOnce: number; readonly version: '1' | '2c' },
): Promise<readonly Answer[]> {
  const waiting = [...names];
  const answers: Answer[] = [];
  async function askOn(): Promise<void> {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const startedAt = performance.now();
      const security = { version, community: new Secret(name) } as const;
      const report = await orSilence(
        probeHost({ address: '127.0.0.1', port, security, timeoutMs: 2_000, retries: 2 }, profiles),
      );
      answers.push({ name, report, ms: performance.now() - startedAt });
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, askOn));
  return answers.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function orSilence(asking: Promise<ProbeReport>): Promise<ProbeReport | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof ProbeError) return null;
    throw error;
  }
}

function takenFor(report: ProbeReport | null): object {
  if (report === null) return { answered: false };
  const { device, interfaces, readings, badReadings } = report;
  const { vendor, os, model, version, serial, profile } = device;
  const classes: Record<string, number> = {};
  for (const { group, class: name } of readings) classes[`${group}.${name}`] = (classes[`${group}.${name}`] ?? 0) + 1;
  return { profile, vendor, os, model, version, serial, interfaces: interfaces.length, readings: classes, badReadings };
}
