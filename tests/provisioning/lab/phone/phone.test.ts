import { afterAll, expect, test } from 'vitest';
import { startPhone } from '../../../../provisioning/lab/phone/phone.ts';

const phone = await startPhone(() => Date.UTC(2026, 10, 22, 1));
afterAll(() => phone.stop());

const send = async (body: string): Promise<number> => (await fetch(phone.url, { method: 'POST', body })).status;
const message = { id: 'm1', to: 'Petugas Segayam', text: 'Wi-Fi <b>padam</b>', link: 'http://127.0.0.1:8080/d/x' };

test('what is sent is seen once, as text, with its link', async () => {
  expect(await send(JSON.stringify(message))).toBe(204);
  expect(await send(JSON.stringify(message))).toBe(204);

  const page = await (await fetch(phone.url)).text();

  expect(phone.messages()).toHaveLength(1);
  expect(page).toContain('Petugas Segayam');
  expect(page).toContain('Wi-Fi &#60;b&#62;padam');
  expect(page).toContain('href="http://127.0.0.1:8080/d/x"');
});

test.each(['', 'null', '[]', '{"id":1}', 'nonsense'])('%j is no message', async (body) => {
  expect(await send(body)).toBe(400);
});

test('what is longer than any message is refused', async () => {
  expect(await send('x'.repeat(70_000)).catch(() => 413)).toBe(413);
});
