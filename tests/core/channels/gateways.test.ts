import { afterEach, expect, test } from 'vitest';
import { channel as sms } from '../../../core/channels/sms.ts';
import { channel as whatsapp } from '../../../core/channels/whatsapp-gateway.ts';
import { MESSAGE, openChannel, patience } from '../../support/open-channel.ts';
import { type Answer, type Provider, startProvider } from '../../support/provider.ts';

let provider: Provider | undefined;
afterEach(async () => {
  await provider?.stop();
  provider = undefined;
});
async function gateway(answer: () => Answer): Promise<Provider> {
  provider = await startProvider(answer);
  return provider;
}

test('an SMS gateway of GET gets everything in the address, written so that nothing breaks out of it', async () => {
  const { url, asked } = await gateway(() => ({ body: 'OK 17' }));
  const channel = openChannel(sms, {
    url: `${url}/send?user=dinas&pass={{secret}}&to={{to}}&text={{text}}`,
    method: 'GET',
    format: 'plain',
    secret: 'kata&sandi',
    successText: 'OK',
    numberForm: 'local',
  });

  await channel.send({ ...MESSAGE, short: 'Putus & padam? 100% "ya" #1' }, patience());

  const query = new URL(asked[0]?.url ?? '', url).searchParams;
  expect(Object.fromEntries(query)).toEqual({
    user: 'dinas',
    pass: 'kata&sandi',
    to: '081234567890',
    text: `Putus & padam? 100% "ya" #1\n${MESSAGE.link}`,
  });
});

test('an SMS longer than is paid for is shortened, its link is not', async () => {
  const { url, asked } = await gateway(() => ({}));
  const channel = openChannel(sms, { url, method: 'POST', format: 'plain', body: '{{text}}', maxParts: 1 });

  await channel.send({ ...MESSAGE, short: 'Gangguan di banyak tempat. '.repeat(20) }, patience());

  const text = asked[0]?.body ?? '';
  expect(text.length).toBeLessThanOrEqual(160);
  expect(text).toMatch(/\.\.\.\nhttps:\/\/simpul\.example\/i\/abc$/);
});

test('a gateway of JSON gets quotes and line breaks as they are meant, with the id to know it again', async () => {
  const { url, asked } = await gateway(() => ({ body: { code: 'SUCCESS', results: { message_id: 'm-1' } } }));
  const channel = openChannel(whatsapp, {
    url: `${url}/send/message`,
    method: 'POST',
    format: 'json',
    body: '{"phone":"{{to}}@s.whatsapp.net","message":"{{text}}","ref":"{{id}}"}',
    headerName: 'Authorization',
    headerValue: 'Basic {{secret}}',
    secret: 'cmFoYXNpYQ==',
    successField: 'code',
    successValue: 'SUCCESS',
    idField: 'results.message_id',
  });

  const result = await channel.send({ ...MESSAGE, text: 'Ia bilang "mati"\n}' }, patience());

  expect(result).toEqual({ providerId: 'm-1' });
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    phone: '6281234567890@s.whatsapp.net',
    message: `*${MESSAGE.subject}*\nIa bilang "mati"\n}\n${MESSAGE.link}`,
    ref: MESSAGE.id,
  });
  expect(asked[0]?.headers).toMatchObject({ authorization: 'Basic cmFoYXNpYQ==', 'idempotency-key': MESSAGE.id });
});

test('a form is written as a form', async () => {
  const { url, asked } = await gateway(() => ({ body: { status: true, id: [80_367_170] } }));
  const settings = { url, method: 'POST', format: 'form', body: 'target={{to}}&message={{text}}' };
  const channel = openChannel(whatsapp, { ...settings, successField: 'status', idField: 'id.0' });

  const result = await channel.send({ ...MESSAGE, to: '12036300000000@g.us', text: 'a=b&c=d' }, patience());

  expect(result).toEqual({ providerId: '80367170' });
  expect(asked[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
    target: '12036300000000@g.us',
    message: `*${MESSAGE.subject}*\na=b&c=d\n${MESSAGE.link}`,
  });
});

test('a gateway that answers 200 to everything is believed by its field alone', async () => {
  const { url } = await gateway(() => ({ body: { status: false, reason: 'device disconnected 6281234567890' } }));
  const settings = { url, method: 'POST', format: 'form', body: 'to={{to}}', successField: 'status' };

  const error = await openChannel(whatsapp, settings)
    .send(MESSAGE, patience())
    .catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ failure: 'refused', detail: 'the answer tells no success' });
});

test('what a busy gateway asks for is handed on', async () => {
  const { url } = await gateway(() => ({ status: 503, headers: { 'retry-after': '120' } }));
  const channel = openChannel(sms, { url, method: 'POST', format: 'form', body: 'to={{to}}' });

  const sending = channel.send(MESSAGE, patience());

  await expect(sending).rejects.toMatchObject({ failure: 'provider-fault', retryable: true, retryAfterMs: 120_000 });
});

test.each([
  ['a placeholder in the host', { url: 'http://{{to}}/send?text={{text}}' }, 'url'],
  ['an unknown placeholder', { url: 'http://gateway.test/', body: '{{nomor}}' }, 'body'],
  ['a body that is no JSON', { url: 'http://gateway.test/', format: 'json', body: '{"a":{{to}}' }, 'body'],
  ['no placeholder at all', { url: 'http://gateway.test/', body: 'x' }, 'body'],
  ['a password in the address', { url: 'http://a:b@gateway.test/{{to}}' }, 'url'],
  ['a value without its field', { url: 'http://gateway.test/{{to}}', successValue: 'ok' }, 'successField'],
])('settings with %s are refused', (_, settings, field) => {
  const fault = sms.check?.({ method: 'POST', format: 'form', ...settings });

  expect(fault).toMatchObject({ field });
});
