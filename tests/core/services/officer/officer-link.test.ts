import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../../core/config/secret.ts';
import { DAY, SECOND } from '../../../../core/domain/clock.ts';
import { officerLink } from '../../../../core/services/officer/officer-link.ts';

const NOW = Date.UTC(2026, 10, 21, 5);
const KEY = new Secret('a key for the tests only');
const ADDRESS = 'https://simpul.example/d/';
const TO = { incidentId: '6f2d3c1a-9b0e-4f57-8a11-0c2b7d9e5f30', villageCode: '16.03.11.2009' };

const time = { now: NOW };
const linksOf = (secretKey: Secret | null = KEY, publicUrl: string | null = 'https://simpul.example') =>
  officerLink({ secretKey, publicUrl, clock: () => time.now });
const tokenOf = (to = TO): string => linksOf().urlFor(to)?.slice(ADDRESS.length) ?? '';
const codeOf = (token: string, links = linksOf()): unknown => {
  try {
    return links.read(token);
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe('a link of an officer', () => {
  test('opens the incident and the village that it was made for, and is short enough for an SMS', () => {
    const url = linksOf().urlFor(TO) ?? '';

    const grant = linksOf().read(url.slice(ADDRESS.length));

    expect(grant).toEqual({ ...TO, expiresAt: NOW + 7 * DAY });
    expect(url.startsWith(ADDRESS)).toBe(true);
    expect(new URL(url).pathname.length).toBeLessThanOrEqual(60);
    expect(url).toMatch(/^[\w:/.-]+$/);
  });

  test.each(['11.01.01.2001', '94.71.05.1010', '16.03.11.2009', '01.00.00.0000'])(
    'keeps the code of the village as it is: %s',
    (villageCode) => {
      const incidentId = randomUUID();

      const grant = linksOf().read(tokenOf({ incidentId, villageCode }));

      expect([grant.incidentId, grant.villageCode]).toEqual([incidentId, villageCode]);
    },
  );

  test('is refused once its seven days are over, and not a second before', () => {
    const token = tokenOf();

    time.now = NOW + 7 * DAY - SECOND;
    const before = codeOf(token);
    time.now = NOW + 7 * DAY;
    const after = codeOf(token);
    time.now = NOW;

    expect(before).toMatchObject(TO);
    expect(after).toBe('gone');
  });

  test('is refused with any bit of it changed', () => {
    const token = tokenOf();
    const bytes = Buffer.from(token, 'base64url');

    const opened = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const forged = Buffer.from(bytes);
      forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return codeOf(forged.toString('base64url'));
    });

    expect(new Set(opened)).toEqual(new Set(['not-found']));
  });

  test.each(['', 'x', 'A'.repeat(55), 'A'.repeat(56), 'A'.repeat(57), '../../etc/passwd', `${'A'.repeat(54)}==`])(
    'is refused where it is none: %j',
    (token) => {
      expect(codeOf(token)).toBe('not-found');
    },
  );

  test('opens nothing under another key', () => {
    const token = tokenOf();

    const opened = codeOf(token, linksOf(new Secret('another key for the tests')));

    expect(opened).toBe('not-found');
  });

  test('is not made without a key or an address, which is said in words', () => {
    const [keyless, homeless] = [linksOf(null), linksOf(KEY, null)];

    const urls = [keyless.urlFor(TO), homeless.urlFor(TO)];

    expect(urls).toEqual([null, null]);
    expect(keyless.whyNone).toContain('SIMPUL_SECRET_KEY');
    expect(homeless.whyNone).toContain('SIMPUL_PUBLIC_URL');
    expect(linksOf().whyNone).toBeNull();
    expect(codeOf(tokenOf(), keyless)).toBe('config');
  });

  test('says nothing of the key', () => {
    const links = linksOf();

    expect(JSON.stringify(links)).not.toContain('tests only');
    expect(links.urlFor(TO)).not.toContain('tests only');
  });
});
