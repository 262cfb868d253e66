import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../../core/domain/clock.ts';
import { forgetOld } from '../../../../core/services/portal/forget.ts';
import { askPhoneCode } from '../../../../core/services/portal/phone-code.ts';
import { PHONE_LIMITS_SETTING } from '../../../../core/services/portal/phone-limits.ts';
import { openEmbeddedTestInventory, openPostgresTestInventory } from '../../../support/inventory.ts';
import { openWays, TEN, type Ways } from '../../../support/portal-ways.ts';

describe.each([
  ['PostgreSQL', openPostgresTestInventory],
  ['embedded PGlite', openEmbeddedTestInventory],
])('limits on %s', (_, openStores) => {
  let ways: Ways;
  beforeAll(async () => {
    ways = await openWays(undefined, openStores);
  });
  afterAll(async () => {
    await ways.close();
  });
  beforeEach(async () => {
    await ways.empty();
  });
  const attempts = () => ways.inventory.portal.attempts;
  const count = (who: string, most = 5) => ({ who, most, windowMs: 10 * MINUTE });

  test('tries at the same moment are let through as often as the limit says, and the window moves along', async () => {
    const counts = [count('mac:a'), count('gateway:g', 50)];

    const waits = await Promise.all(Array.from({ length: 12 }, () => attempts().take(counts, TEN)));
    const later = await attempts().take(counts, TEN + 9 * MINUTE);
    const fresh = await attempts().take(counts, TEN + 10 * MINUTE);

    expect(waits.filter(([mac, gateway]) => mac === 0 && gateway === 0)).toHaveLength(5);
    expect(later).toEqual([MINUTE, 0]);
    expect(fresh).toEqual([0, 0]);
  });

  test('a try that was right is given back, once for each', async () => {
    const counts = [count('mac:a'), count('gateway:g', 50)];
    const whos = counts.map(({ who }) => who);
    for (let n = 0; n < 5; n++) await attempts().take(counts, TEN);

    await Promise.all([attempts().giveBack(whos, TEN), attempts().giveBack(whos, TEN)]);

    expect(await ways.inventory.sql.query('SELECT who FROM portal_attempts')).toHaveLength(6);
  });

  test('many askings at the same moment keep the budget, and send one text to one number', async () => {
    await ways.inventory.settings.set(PHONE_LIMITS_SETTING, { perDay: 8, perSiteDay: 100 });
    let texts = 0;
    const ask = (n: number, phone: string) =>
      askPhoneCode(
        { ...ways.parts, log: ways.log },
        {
          ...{ purpose: 'login', phone, macHash: `mac-${n}`, gatewayId: null, siteId: null },
          send: async () => void texts++,
        },
      );

    const ofOne = await Promise.all(Array.from({ length: 4 }, (_, n) => ask(n, '+6281234567890')));
    const ofMany = await Promise.all(Array.from({ length: 10 }, (_, n) => ask(10 + n, `+62813000000${10 + n}`)));

    expect(ofOne.map(({ kind }) => kind)).toEqual(['asked', 'asked', 'asked', 'asked']);
    expect(ofMany.filter(({ kind }) => kind === 'asked')).toHaveLength(2);
    expect(texts).toBe(3);
  });

  test('retention runs over empty tables', async () => {
    await forgetOld({ ...ways.parts, log: ways.log });

    expect((await ways.inventory.portal.forgetting.list({})).items.every(({ rows }) => rows === 0)).toBe(true);
  });
});
