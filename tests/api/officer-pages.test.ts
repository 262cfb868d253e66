import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DARK, LIGHT } from '../../api/officer/style.ts';
import { en } from '../../api/officer/texts/en.ts';
import { id } from '../../api/officer/texts/id.ts';
import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';
import { incidentIn, type LaidIncident } from '../support/incidents.ts';
import { mendAll, smallPhoto, tokenFor } from '../support/officer.ts';
import { root } from '../support/process.ts';

const VILLAGE = '16.03.11.2009';
let api: TestApi;
let province: Province;
let incident: LaidIncident;
let token: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
});
afterAll(() => api.close());
beforeEach(async () => {
  api.time.now = NOON + 10 * MINUTE;
  incident = await incidentIn(api.inventory, province.inside.site.id);
  token = tokenFor(incident.id, VILLAGE);
});

const open = (query = '', of = token) => api.app.inject({ url: `/d/${of}${query}` });
const tap = (question: string, answer: string, query = '') =>
  api.app.inject({
    method: 'POST',
    url: `/d/${token}${query}`,
    payload: `question=${question}&answer=${answer}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  });
async function sendForm(files: readonly (readonly [name: string, content: Buffer])[], cutAt?: number) {
  const form = new FormData();
  for (const [name, content] of files) form.append('photo', new Blob([new Uint8Array(content)]), name);
  const response = new Response(form);
  const bytes = Buffer.from(await response.arrayBuffer());
  return await api.app.inject({
    method: 'POST',
    url: `/d/${token}/photo`,
    payload: bytes.subarray(0, cutAt ?? bytes.length),
    headers: { 'content-type': response.headers.get('content-type') ?? '' },
  });
}

describe('the three taps', () => {
  test('lead from the lamp over the plug and the photograph to thanks', async () => {
    const lamp = await open();
    const dark = await tap('lamp', 'off');
    const plug = await open(dark.headers.location?.slice(`/d/${token}`.length));
    const unplugged = await tap('plug', 'out');
    const photo = await open(unplugged.headers.location?.slice(`/d/${token}`.length));
    const sent = await sendForm([['lamp.png', await smallPhoto()]]);
    const thanks = await open(sent.headers.location?.slice(`/d/${token}`.length));

    expect(lamp.body).toContain(id.lamp.ask);
    expect(dark.statusCode).toBe(303);
    expect(plug.body).toContain(id.plug.ask);
    expect(photo.body).toContain(id.photo.ask);
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `/d/${token}?s=done`]);
    expect(thanks.body).toContain(id.done.title);
    expect(thanks.body).toContain(id.advice['plug-in']);
    expect(thanks.body).toContain(id.photo.sent('1'));
    expect(thanks.body).toContain('href="tel:0711351000"');
  });

  test('begin where they were left', async () => {
    await tap('lamp', 'off');

    const again = await open();

    expect(again.body).toContain(id.plug.ask);
  });

  test('are two where the lamp is lit', async () => {
    const lit = await tap('lamp', 'on');

    expect(lit.headers.location).toBe(`/d/${token}?s=photo`);
    expect((await open('?s=done')).body).toContain(id.advice['leave-it']);
  });

  test('may be taken again, and may leave the photograph out', async () => {
    await tap('lamp', 'off');
    await tap('plug', 'in');

    const [thanks, again] = [await open('?s=done'), await open('?s=lamp')];

    expect(thanks.body).toContain(id.advice['try-socket']);
    expect(thanks.body).toContain(`/d/${token}?s=lamp`);
    expect(again.body).toContain(id.lamp.ask);
  });

  test('speak English where that is asked for, to their end', async () => {
    const lamp = await open('?l=en');
    const dark = await tap('lamp', 'off', '?l=en');

    expect(lamp.body).toContain('<html lang="en">');
    expect(lamp.body).toContain(en.lamp.ask);
    expect(dark.headers.location).toBe(`/d/${token}?s=plug&l=en`);
    expect(lamp.body).toContain(en.otherLanguage);
  });
});

describe('the page', () => {
  test('is one answer of a few kilobytes that loads nothing else', async () => {
    const page = await open();

    const loads = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(loads).toEqual(['data:,', `/d/${token}?s=lamp&amp;l=en`]);
    expect(gzipSync(page.body).length).toBeLessThan(4 * 1024);
  });

  test('lets no style, script or frame through but its own', async () => {
    const page = await open();

    const style = /<style>(.*?)<\/style>/s.exec(page.body)?.[1] ?? '';
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toMatch(/^default-src 'none';.*form-action 'self'.*frame-ancestors 'none'$/);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['referrer-policy']).toBe('same-origin');
  });

  test('has no page that a name could write into', async () => {
    await api.inventory.sites.update(province.inside.site.id, { name: '<script>alert(1)</script>"\'' });

    const page = await open();

    expect(page.body).not.toContain('<script>');
    expect(page.body).toContain('&lt;script&gt;');
    await api.inventory.sites.update(province.inside.site.id, { name: 'Kantor Desa Sukamaju' });
  });

  test('says when it is over and when the hotspot is back, and asks nothing any more', async () => {
    await api.inventory.sql.run('UPDATE incident SET ended_at = $2, closed_at = $2 WHERE id = $1', [
      incident.id,
      new Date(NOON + HOUR),
    ]);

    const [seen, late] = [await open('?s=lamp'), await tap('lamp', 'off')];
    await api.inventory.sql.run("UPDATE device_status SET state = 'unknown'");
    const unseen = await open();
    await mendAll(api.inventory);
    const back = await open();

    // One of its hotspots is down all the same.
    expect(seen.body).toContain(id.downAgain.title);
    expect(seen.body).toContain(id.state.down);
    expect(unseen.body).toContain(id.closed.title);
    expect(seen.body).not.toContain('<button');
    expect(late.statusCode).toBe(303);
    expect(back.body).toContain(id.over.title);
  });

  test('says that planned work needs nobody’s help', async () => {
    await api.inventory.sql.run("UPDATE incident SET corrected_cause = 'planned' WHERE id = $1", [incident.id]);

    expect((await open()).body).toContain(id.planned.title);
  });

  test('has the colours of the web', async () => {
    const css = await readFile(join(root, 'web/styles/tokens.css'), 'utf8');
    const [, light = '', dark = ''] = css.split(/:root(?:\[data-theme="dark"\])? \{/);
    const of = (block: string, name: string) => new RegExp(`--${name}: (#\\w+);`).exec(block)?.[1];

    for (const name of Object.keys(LIGHT) as (keyof typeof LIGHT)[])
      expect([name, of(light, name), of(dark, name)]).toEqual([name, LIGHT[name], DARK[name]]);
  });
});

describe('a friendly page', () => {
  test.each([
    ['a link that is none', (): string => 'A'.repeat(56), 404, 'wrong'],
    ['a link with something else in it', (): string => '<script>', 404, 'wrong'],
    ['a link that has expired', (): string => tokenFor(incident.id, VILLAGE, () => NOON - 8 * DAY), 410, 'expired'],
  ] as const)('with the way out answers %s', async (_, tokenOf, status, kind) => {
    const page = await open('', encodeURIComponent(tokenOf()));

    expect(page.statusCode).toBe(status);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain(id.problem[kind].title);
    expect(page.body).toContain('tel:0711351000');
    expect(page.body).not.toContain('<script>');
  });

  test('answers who taps too often', async () => {
    for (let n = 0; n < 30; n++) await tap('lamp', n % 2 === 0 ? 'on' : 'off');

    const page = await tap('lamp', 'on');

    expect(page.statusCode).toBe(429);
    expect(page.headers['retry-after']).toMatch(/^\d+$/);
    expect(page.body).toContain(id.problem.often.title);
  });

  test.each([
    ['no photograph', async () => await sendForm([['a.txt', Buffer.from('text')]]), 415],
    ['an empty form', async () => await sendForm([]), 400],
    ['an empty file', async () => await sendForm([['a.png', Buffer.alloc(0)]]), 400],
    ['half a form', async () => await sendForm([['a.png', await smallPhoto()]], 900), 400],
    ['nonsense', async () => await sendForm([['a.png', await smallPhoto()]], 9), 400],
  ] as const)('answers %s, and leads back to the photograph', async (_, send, status) => {
    const page = await send();

    expect(page.statusCode).toBe(status);
    expect(page.body).toContain(id.problem['photo-unreadable'].title);
    expect(page.body).toContain(`/d/${token}?s=photo`);
  });

  test('answers a photograph that is too large', async () => {
    const page = await sendForm([['a.jpg', Buffer.alloc(9 * 1024 * 1024, 1)]]);

    expect(page.statusCode).toBe(413);
    expect(page.body).toContain(id.problem['photo-too-large'].title);
  });
});

test('a page of another site cannot answer in somebody’s name', async () => {
  const forged = await api.app.inject({
    method: 'POST',
    url: `/d/${token}`,
    payload: 'question=lamp&answer=off',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
  });

  expect(forged.statusCode).toBe(403);
  expect((await api.inventory.officerAnswers.of(incident.id)).length).toBe(0);
});

test('English says all that Indonesian says', () => {
  const shape = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
      : typeof value;

  expect(shape(en)).toEqual(shape(id));
});
