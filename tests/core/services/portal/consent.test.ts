import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DAY } from '../../../../core/domain/clock.ts';
import { termsParts } from '../../../../core/domain/portal/terms-text.ts';
import { consentProof, recordConsent } from '../../../../core/services/portal/consent.ts';
import type { Place } from '../../../support/portal-places.ts';
import { openWays, TEN, type Ways } from '../../../support/portal-ways.ts';

let ways: Ways;
let place: Place;
beforeAll(async () => {
  ways = await openWays();
});
afterAll(async () => {
  await ways.close();
});
beforeEach(async () => {
  await ways.empty();
  place = await ways.layPlace();
});

const given = (termsVersion: number, language: 'id' | 'en' = 'id') => ({
  termsVersion,
  language,
  siteId: place.site.id,
  gatewayId: place.gateway.id,
  macHash: 'mac-hash',
  phoneHash: null,
  news: false,
});
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('where nobody wrote terms there are some, in both languages, of three lines and the text', async () => {
  const { terms } = ways.inventory.portal;

  const [one, other] = await Promise.all([terms.current(TEN), terms.current(TEN)]);

  expect(one).toEqual(other);
  expect(one).toMatchObject({ version: 1, sha256Id: sha256(one.textId), sha256En: sha256(one.textEn) });
  for (const text of [one.textId, one.textEn]) {
    expect(termsParts(text).summary).toHaveLength(3);
    expect(termsParts(text).paragraphs.length).toBeGreaterThan(5);
  }
  expect(await terms.list()).toHaveLength(1);
});

test('a new version holds from its day on, and the old one stays as it was', async () => {
  const { terms } = ways.inventory.portal;
  const first = await terms.current(TEN);
  const textId = 'Ketentuan baru yang cukup panjang.';
  const second = await terms.add(
    { textId, textEn: 'New terms that are long enough.', validFrom: TEN + DAY },
    null,
    TEN,
  );

  expect(second.version).toBe(2);
  expect((await terms.current(TEN)).version).toBe(1);
  expect((await terms.current(TEN + DAY)).version).toBe(2);
  expect(await terms.get(1)).toEqual(first);
});

test('a consent names the text in the language it was read in, and is printed again from its hash', async () => {
  const { terms, consents } = ways.inventory.portal;
  const { version, textEn, sha256En } = await terms.current(TEN);

  const id = await recordConsent(ways.parts, given(version, 'en'));
  await consents.link(id, 'abcdefghijklmnopqrstuvwxyz');
  await consents.link(id, 'another');
  await terms.add({ textId: 'Ketentuan lain lagi.', textEn: 'Other terms still.', validFrom: TEN }, null, TEN);
  const proof = await consentProof(ways.inventory, id);

  expect(proof?.text).toBe(textEn);
  expect(proof?.consent).toMatchObject({
    termsVersion: 1,
    language: 'en',
    sha256: sha256En,
    at: TEN,
    siteName: 'Situs A',
    gatewayName: 'Gerbang A',
    loginId: 'abcdefghijklmnopqrstuvwxyz',
    service: true,
    news: false,
    withdrawnAt: null,
  });
});

test('a text that was changed in the store proves nothing', async () => {
  const { version } = await ways.inventory.portal.terms.current(TEN);
  const id = await recordConsent(ways.parts, given(version));
  await ways.inventory.sql.run(`UPDATE portal_terms SET text_id = 'something else'`);

  expect((await consentProof(ways.inventory, id))?.text).toBeNull();
  expect(await consentProof(ways.inventory, '11111111-2222-4333-8444-555555555555')).toBeNull();
  await expect(recordConsent(ways.parts, given(99))).rejects.toMatchObject({ code: 'not-found' });
});
