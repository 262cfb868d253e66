import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadMethods } from '../../../captive-portal/method.ts';
import { method as terms } from '../../../captive-portal/methods/terms.ts';
import type { Place } from '../../support/portal-places.ts';
import { enteringAt, enterWith, openWays, type Ways } from '../../support/portal-ways.ts';

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

test('one button lets in, counted by device, until midnight of the place', async () => {
  const far = await ways.layPlace({ code: 'J', region: '91.03.01.2001' });

  const here = await enterWith(terms, ways, { place }, {});
  const east = await enterWith(terms, ways, { place: far }, {});

  const subjectHash = ways.parts.keys.hash('mac', '02:00:00:00:00:64');
  expect(here).toEqual({ kind: 'admitted', subjectHash, reentryUntil: Date.UTC(2026, 10, 22, 17) });
  expect(east).toMatchObject({ reentryUntil: Date.UTC(2026, 10, 22, 15) });
  expect(terms.form(enteringAt(ways, { place }), { refused: null, notice: null, form: new URLSearchParams() })).toEqual(
    {
      markup: '<button class="f">Setuju dan masuk</button>',
    },
  );
});

test.each([
  [0, null],
  [1, Date.UTC(2026, 10, 22, 17)],
  [7, Date.UTC(2026, 10, 28, 17)],
])('with %i days the way back in ends at %s', async (reentryDays, until) => {
  expect(await enterWith(terms, ways, { place, settings: { reentryDays } }, {})).toMatchObject({ reentryUntil: until });
});

test('every way in of the folder has a title in both languages, and fields whose names begin with its id', async () => {
  const methods = await loadMethods();

  expect([...methods.keys()]).toEqual(['account', 'phone', 'terms', 'voucher']);
  for (const [id, method] of methods) {
    expect(method.title.id).not.toBe('');
    expect(method.title.en).not.toBe('');
    for (const language of ['id', 'en'] as const) {
      const entering = enteringAt(ways, { place, language, step: null });
      const { markup } = method.form(entering, { refused: null, notice: null, form: new URLSearchParams() });
      expect(markup.match(/<button/g)).toHaveLength(1);
      for (const [, name] of markup.matchAll(/ name="([^"]+)"/g)) expect(name).toMatch(new RegExp(`^${id}-`));
      for (const [, input] of markup.matchAll(/<input id="([^"]+)"/g))
        expect(markup).toContain(`<label for="${input}">`);
    }
  }
});
