import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { followAnswers, fpingRound, parseFping } from '../../../collector/fping.ts';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import { open } from '../../../collector/probes/icmp.ts';
import { createSnmpClient } from '../../../collector/snmp/client.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import { fping } from '../../support/fping.ts';
import { type FarNetwork, openFarNetwork } from '../../support/netns.ts';
import { probeTools, watchedDevice } from '../../support/probe-tools.ts';

const PREFIX = '10.213.78';

let network: FarNetwork;
let probe: ReturnType<typeof open>;
const snmp = createSnmpClient({ count: () => {} });
beforeAll(async () => {
  fping();
  network = await openFarNetwork(PREFIX);
  probe = open(probeTools({ snmp }));
});
afterAll(async () => {
  await probe.close();
  await snmp.close();
  await network.stop();
});

const device = (host: string): WatchedDevice => watchedDevice({ id: host, host });

const outcome = (host: string, timeoutMs = 500): Promise<string> =>
  probe.reach(device(host), timeoutMs).then(
    ({ roundTripMs }) =>
      roundTripMs !== null && roundTripMs >= 0 && roundTripMs < timeoutMs ? 'answered' : `${roundTripMs}`,
    (error: unknown) => (error instanceof ProbeError ? error.failure : String(error)),
  );

describe('addresses that come and go', () => {
  test('an address answers while it is there, and not when it is gone', async () => {
    const host = `${PREFIX}.10`;
    const before = await outcome(host);
    await network.addAddress(host);
    const while_ = await outcome(host);
    await network.removeAddress(host);
    const after = await outcome(host);

    expect([before, while_, after]).toEqual(['timeout', 'answered', 'timeout']);
  });

  test('a cut wire silences all behind it', async () => {
    const hosts = [11, 12, 13].map((last) => `${PREFIX}.${last}`);
    for (const host of hosts) await network.addAddress(host);
    const before = await Promise.all(hosts.map((host) => outcome(host)));
    await network.setWire('down');
    const whileCut = await Promise.all(hosts.map((host) => outcome(host)));
    await network.setWire('up');
    // The wire needs a moment to carry again.
    const after = await vi.waitFor(async () => {
      const outcomes = await Promise.all(hosts.map((host) => outcome(host)));
      expect(outcomes).not.toContain('timeout');
      return outcomes;
    }, 180_000);

    expect([before, whileCut, after]).toEqual([
      ['answered', 'answered', 'answered'],
      ['timeout', 'timeout', 'timeout'],
      ['answered', 'answered', 'answered'],
    ]);
  });

  test('an answer is handed on at once, however long others of its round stay silent', async () => {
    const host = `${PREFIX}.201`;
    await network.addAddress(host);
    const silence = outcome(`${PREFIX}.202`, 2_000);
    const answer = outcome(host, 2_000);

    const first = await Promise.race([silence, answer]);

    expect([first, await silence]).toEqual(['answered', 'timeout']);
  });

  test('silent hosts keep no answer from the others that are asked with them', async () => {
    await network.addAddress(`${PREFIX}.200`);
    const hosts = Array.from({ length: 100 }, (_, at) => `${PREFIX}.${at + 101}`);

    const outcomes = await Promise.all(hosts.map((host) => outcome(host, 1_000)));

    expect(outcomes.filter((what) => what === 'answered')).toHaveLength(1);
    expect(outcomes[99]).toBe('answered');
  });
});

describe('one round', () => {
  test('a thousand addresses are asked by one process', async () => {
    const hosts = Array.from({ length: 1_000 }, (_, at) => `127.1.${at >> 8}.${at & 255}`);

    const answers = await fpingRound(hosts, 1_000);

    expect(answers.size).toBe(1_000);
    expect([...answers.values()].every((roundTrip) => roundTrip !== null)).toBe(true);
  });

  test('the same host may be asked for twice at once', async () => {
    expect(await Promise.all([outcome('127.0.0.1'), outcome('127.0.0.1')])).toEqual(['answered', 'answered']);
  });

  test('IPv6 is asked as well', async () => {
    expect(await outcome('::1')).toBe('answered');
  });

  test('a missing fping, or one without rights, is said to be that and not a silence', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'simpul-fping-'));
    const powerless = join(dir, 'fping');
    await writeFile(powerless, '#!/bin/sh\necho "fping: can\'t create socket (must run as root?)" >&2\nexit 4\n', {
      mode: 0o755,
    });

    const missing = fpingRound(['127.0.0.1'], 100, { program: join(dir, 'nothing-here') });
    const refused = fpingRound(['127.0.0.1'], 100, { program: powerless });

    await expect(missing).rejects.toMatchObject({ failure: 'not-supported', message: 'fping is not installed' });
    await expect(refused).rejects.toMatchObject({ failure: 'not-supported', message: expect.stringContaining('root') });
    await rm(dir, { recursive: true });
  });

  test('answers are read in pieces of any length, and what is none is passed over', () => {
    const output = [
      '10.0.0.1 : [0], 64 bytes, 0.054 ms (0.054 avg, 0% loss)',
      '10.0.0.2 : [0], timed out (NaN avg, 100% loss)',
      '2001:db8::1  : [0], 64 bytes, 681 ms (681 avg, 0% loss)',
      'x'.repeat(5_000),
      '10.0.0.3 : [0], 64 bytes, 12.5 ms (12.5 avg, 0% loss) [<- 10.9.9.9]',
      '10.0.0.4 : [0], 64 by',
    ].join('\n');

    const told = [1, 7, 100_000].map((size) => {
      const answers: [string, number][] = [];
      const take = followAnswers((address, roundTripMs) => answers.push([address, roundTripMs]));
      for (let at = 0; at < output.length; at += size) take(output.slice(at, at + size));
      return answers;
    });

    const wanted = [
      ['10.0.0.1', 0.054],
      ['2001:db8::1', 681],
      ['10.0.0.3', 12.5],
    ];
    expect(told).toEqual([wanted, wanted, wanted]);
  });

  test('lines that are no summary are passed over', () => {
    const answers = parseFping(
      [
        'ICMP Host Unreachable from 10.0.0.1 for ICMP Echo sent to 10.0.0.2',
        '10.0.0.2 : -',
        '10.0.0.3   : 12.4',
        'fe80::1%eth0 : 0.52',
        '10.0.0.4 : duplicate for [0], 64 bytes, 0.1 ms',
        '10.0.0.5 : 1',
        '10.0.0.6 :',
      ].join('\n'),
    );

    expect([...answers]).toEqual([
      ['10.0.0.2', null],
      ['10.0.0.3', 12.4],
      ['fe80::1%eth0', 0.52],
      ['10.0.0.5', 1],
    ]);
  });
});
