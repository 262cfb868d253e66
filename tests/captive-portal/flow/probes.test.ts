import { afterAll, beforeAll, expect, test } from 'vitest';
import { formOf, type Hotspot, openHotspot, post } from './support/hotspot.ts';

let hotspot: Hotspot;
beforeAll(async () => {
  hotspot = await openHotspot();
});
afterAll(() => hotspot.close());

/**
 * What each system asks to see whether the internet is there. A gateway answers these itself; should it lead them to us,
 * they must be seen as a portal: 302, never 200, 204, 301 or 400 and more, and never kept.
 */
test.each([
  ['Android', '/generate_204'],
  ['Android, second', '/gen_204'],
  ['iOS and macOS', '/hotspot-detect.html'],
  ['older iOS', '/library/test/success.html'],
  ['Windows', '/connecttest.txt'],
  ['Windows, its browser', '/redirect'],
  ['older Windows', '/ncsi.txt'],
  ['Firefox', '/success.txt?ipv4'],
  ['Firefox, page', '/canonical.html'],
  ['KDE and GNOME', '/check_network_status.txt'],
])('%s is told that there is a portal: %s', async (_, path) => {
  const answer = await fetch(hotspot.url(path), { redirect: 'manual' });

  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe(`${hotspot.portal.url}/`);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.text()).toBe('');
});

test('a probe that a gateway passes on with its whole address is told the same', async () => {
  const { port, hostname } = new URL(hotspot.portal.url);
  const answer = await rawGet(Number(port), hostname, 'http://connectivitycheck.gstatic.com/generate_204');

  expect(answer).toMatch(/^HTTP\/1\.1 302 /);
});

/** What sign-in sheets need of each answer on the way. */
test('each answer of the way can be shown by a sign-in sheet: 200 or 303, not kept, no cookie, no frame, no script', async () => {
  const page = await fetch(hotspot.arrival());
  const { action, fields } = formOf(await page.clone().text());
  const pressed = await post(hotspot.url(action), fields);
  const atRouter = await fetch(pressed.headers.get('location') ?? '', { redirect: 'manual' });
  const status = await fetch(atRouter.headers.get('location') ?? '');

  expect([page.status, pressed.status, status.status]).toEqual([200, 303, 200]);
  for (const { headers } of [page, pressed, status]) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  // Chromium holds the redirect after the form to it.
  expect(policy).toContain("form-action 'self' http://127.0.0.1:*");
  // To say "Success" would close the sheet before anybody is in.
  expect(await page.text()).not.toMatch(/<title>\s*success/i);
});

test('the code of a text message can be filled in by the telephone, and a reload asks for it again', async () => {
  const form = formOf(await (await fetch(hotspot.arrival())).text());

  // What the page carries is in the form and the address alone.
  const again = await fetch(hotspot.url(`${form.action}?s=${form.fields.get('s')}`));

  expect(again.status).toBe(200);
  expect(await again.text()).toContain('Setuju dan masuk');
});

async function rawGet(port: number, host: string, target: string): Promise<string> {
  const { connect } = await import('node:net');
  const socket = connect(port, host);
  socket.write(`GET ${target} HTTP/1.1\r\nhost: connectivitycheck.gstatic.com\r\nconnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}
