import { describe, expect, test } from 'vitest';
import { OPER_STATUSES } from '../../../core/domain/device.ts';
import { LINK_REASONS, type LinkFacts, linkHealth } from '../../../core/domain/link-health.ts';
import type { KnownLimits } from '../../../core/domain/optics.ts';

const RX: KnownLimits = { low: -19.5, lowWarning: -17.5, highWarning: -4, high: -3, standard: '1000BASE-LX10' };
const TX: KnownLimits = { low: -9, lowWarning: -8, highWarning: -3.5, high: -3, standard: null };
const GOOD: LinkFacts = {
  operStatus: 'up',
  rx: { dbm: -11.2, limits: RX },
  tx: { dbm: -5.4, limits: TX },
  rxChangeDb: -0.3,
  errors: { perSecond: 0, perMillion: 0 },
  discards: { perSecond: 0, perMillion: 0 },
  busyIn: 0.41,
  busyOut: 0.06,
};
const NOTHING: LinkFacts = {
  operStatus: null,
  rx: null,
  tx: null,
  rxChangeDb: null,
  errors: null,
  discards: null,
  busyIn: null,
  busyOut: null,
};
const judge = (changes: Partial<LinkFacts>) => linkHealth({ ...GOOD, ...changes });
const rx = (dbm: number) => judge({ rx: { dbm, limits: RX } });
const tx = (dbm: number) => judge({ tx: { dbm, limits: TX } });

test('a link with nothing wrong is good, and has no reasons', () => {
  const verdict = judge({});

  expect(verdict).toEqual({ health: 'good', reasons: [] });
});

describe('what is not known', () => {
  test('nothing at all is unknown, and so is a port that is up and tells nothing else', () => {
    expect(linkHealth(NOTHING).health).toBe('unknown');
    expect(linkHealth({ ...NOTHING, operStatus: 'up' }).health).toBe('unknown');
  });

  test.each(['rx', 'errors', 'busyIn', 'busyOut'] as const)('%s alone is enough to call it good', (name) => {
    const verdict = linkHealth({ ...NOTHING, [name]: GOOD[name] });

    expect(verdict).toEqual({ health: 'good', reasons: [] });
  });

  test('light without known limits is neither too weak nor too strong', () => {
    const verdict = judge({ rx: { dbm: -38, limits: null }, tx: { dbm: 9, limits: null } });

    expect(verdict.health).toBe('good');
  });

  test('limits that are not known are not crossed', () => {
    const none: KnownLimits = { low: null, lowWarning: null, highWarning: null, high: null, standard: null };

    expect(judge({ rx: { dbm: -38, limits: none } }).reasons).toEqual([]);
    expect(judge({ rx: { dbm: 5, limits: none } }).reasons).toEqual([]);
  });
});

describe('the port', () => {
  test.each(OPER_STATUSES)('that says %s', (operStatus) => {
    const { health, reasons } = judge({ operStatus });

    const isDown = ['down', 'lowerLayerDown', 'notPresent'].includes(operStatus);
    expect(health).toBe(isDown ? 'bad' : 'good');
    expect(reasons).toEqual(isDown ? [{ kind: 'port-down', health: 'bad', value: null, limit: null, unit: null }] : []);
  });

  test('that is down needs no other figure', () => {
    expect(linkHealth({ ...NOTHING, operStatus: 'down' }).health).toBe('bad');
  });
});

describe('light', () => {
  test.each([
    [-40.1, 'rx-low', 'bad', -19.5],
    [-19.51, 'rx-low', 'bad', -19.5],
    [-19.5, 'rx-low', 'watch', -17.5],
    [-17.51, 'rx-low', 'watch', -17.5],
    [-3.99, 'rx-high', 'watch', -4],
    [-3, 'rx-high', 'watch', -4],
    [-2.99, 'rx-high', 'bad', -3],
  ] as const)('received at %s dBm is %s: %s', (dbm, kind, health, limit) => {
    const verdict = rx(dbm);

    expect(verdict).toEqual({ health, reasons: [{ kind, health, value: dbm, limit, unit: 'dBm' }] });
  });

  test.each([-17.5, -11, -4])('received at %s dBm is good', (dbm) => {
    expect(rx(dbm).health).toBe('good');
  });

  test.each([
    [-9.1, 'tx-low', 'bad'],
    [-8.5, 'tx-low', 'watch'],
    [-3.2, 'tx-high', 'watch'],
    [-2, 'tx-high', 'bad'],
  ] as const)('sent at %s dBm is %s: %s', (dbm, kind, health) => {
    const { reasons } = tx(dbm);

    expect(reasons).toMatchObject([{ kind, health, value: dbm, unit: 'dBm' }]);
  });

  test.each([
    [-1.49, 'good'],
    [-1.5, 'watch'],
    [-7, 'watch'],
    [4, 'good'],
  ] as const)('that changed by %s dB over the last days is %s', (rxChangeDb, health) => {
    const verdict = judge({ rxChangeDb });

    expect(verdict.health).toBe(health);
    if (health === 'watch')
      expect(verdict.reasons).toEqual([{ kind: 'rx-falling', health, value: rxChangeDb, limit: -1.5, unit: 'dB' }]);
  });
});

describe.each([
  ['errors', 10, 1_000],
  ['discards', 1_000, 10_000],
] as const)('%s', (kind, watch, bad) => {
  const at = (perMillion: number | null, perSecond: number) => judge({ [kind]: { perSecond, perMillion } });

  test('are judged by their share of the packets', () => {
    expect(at(watch - 1, 500).health).toBe('good');
    expect(at(watch, 500)).toEqual({
      health: 'watch',
      reasons: [{ kind, health: 'watch', value: watch, limit: watch, unit: 'perMillion' }],
    });
    expect(at(bad - 1, 500).health).toBe('watch');
    expect(at(bad, 500).health).toBe('bad');
  });

  test('that are single packets of a quiet hour do not count', () => {
    expect(at(5_000_000, 0.0003).health).toBe('good');
  });

  test('are judged by the second where packets are not known', () => {
    const unit = 'perSecond';
    const [few, many] = [watch / 100, bad / 100];

    expect(at(null, few * 0.99).health).toBe('good');
    expect(at(null, few).reasons).toEqual([{ kind, health: 'watch', value: few, limit: few, unit }]);
    expect(at(null, many).reasons).toEqual([{ kind, health: 'bad', value: many, limit: many, unit }]);
  });
});

describe.each([
  ['busyIn', 'busy-in'],
  ['busyOut', 'busy-out'],
] as const)('use of the contract (%s)', (name, kind) => {
  test.each([
    [0, 'good', null],
    [0.799, 'good', null],
    [0.8, 'watch', 0.8],
    [0.949, 'watch', 0.8],
    [0.95, 'bad', 0.95],
    [1.3, 'bad', 0.95],
  ] as const)('at %s of it is %s', (share, health, limit) => {
    const verdict = judge({ [name]: share });

    expect(verdict.health).toBe(health);
    expect(verdict.reasons).toEqual(limit === null ? [] : [{ kind, health, value: share, limit, unit: 'share' }]);
  });
});

test('the worst reason makes the health and comes first, others follow in the order of what they are', () => {
  const everything = linkHealth({
    operStatus: 'down',
    rx: { dbm: -18, limits: RX },
    tx: { dbm: -2, limits: TX },
    rxChangeDb: -3,
    errors: { perSecond: 4, perMillion: 40 },
    discards: { perSecond: 40, perMillion: 40_000 },
    busyIn: 0.9,
    busyOut: 0.99,
  });

  expect(everything.health).toBe('bad');
  expect(everything.reasons.map(({ kind }) => kind)).toEqual([
    'port-down',
    'tx-high',
    'discards',
    'busy-out',
    'rx-low',
    'rx-falling',
    'errors',
    'busy-in',
  ]);
  expect(LINK_REASONS).toEqual(expect.arrayContaining(everything.reasons.map(({ kind }) => kind)));
});

test('of all combinations, health is that of the worst reason', () => {
  const choices: { readonly [Fact in keyof LinkFacts]: readonly LinkFacts[Fact][] } = {
    operStatus: [null, 'up', 'down'],
    rx: [null, { dbm: -11, limits: RX }, { dbm: -18, limits: RX }, { dbm: -25, limits: RX }],
    tx: [null, { dbm: -5, limits: TX }, { dbm: -12, limits: TX }],
    rxChangeDb: [null, 0, -2],
    errors: [
      null,
      { perSecond: 0, perMillion: 0 },
      { perSecond: 9, perMillion: 20 },
      { perSecond: 9, perMillion: 1e4 },
    ],
    discards: [null, { perSecond: 9, perMillion: 2_000 }],
    busyIn: [null, 0.2, 0.85, 1],
    busyOut: [null, 0.99],
  };
  const names = Object.keys(choices) as (keyof LinkFacts)[];
  const all = names.reduce<LinkFacts[]>(
    (sofar, name) => sofar.flatMap((facts) => choices[name].map((choice) => ({ ...facts, [name]: choice }))),
    [NOTHING],
  );

  for (const facts of all) {
    const { health, reasons } = linkHealth(facts);
    const severities = reasons.map((reason) => reason.health);
    expect(severities.lastIndexOf('bad')).toBe(severities.filter((one) => one === 'bad').length - 1);
    const isMeasured = [facts.rx, facts.errors, facts.busyIn, facts.busyOut].some((fact) => fact !== null);
    const expected = severities.includes('bad')
      ? 'bad'
      : severities.length > 0
        ? 'watch'
        : isMeasured
          ? 'good'
          : 'unknown';
    if (health !== expected) throw new Error(`${JSON.stringify(facts)} is ${health}, not ${expected}`);
  }
  expect(all).toHaveLength(3 * 4 * 3 * 3 * 4 * 2 * 4 * 2);
});
