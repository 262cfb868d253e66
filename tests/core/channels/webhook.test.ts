import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { channel as webhook } from '../../../core/channels/webhook.ts';
import { createAuthority } from '../../support/certificates.ts';
import { MESSAGE, NOW, openChannel, patience } from '../../support/open-channel.ts';
import { type Answer, type Provider, startProvider } from '../../support/provider.ts';

const KEY = Buffer.from('0123456789abcdef0123456789abcdef');
const SECRET = `whsec_${KEY.toString('base64')}`;
const signed = (key: Buffer | string, content: string): string =>
  `v1,${createHmac('sha256', key).update(content).digest('base64')}`;

let provider: Provider | undefined;
afterEach(async () => {
  await provider?.stop();
  provider = undefined;
});
async function receiver(answer: () => Answer): Promise<Provider> {
  provider = await startProvider(answer);
  return provider;
}

test('the receiver can prove who wrote it, when, and that it is whole', async () => {
  const { url, asked } = await receiver(() => ({ status: 204 }));
  const channel = openChannel(webhook, { url: `${url}/simpul`, secret: SECRET });

  const result = await channel.send({ ...MESSAGE, to: 'noc' }, patience());

  const [one] = asked;
  const timestamp = String(NOW / 1_000);
  expect(result).toEqual({ providerId: null });
  expect(one?.headers).toMatchObject({
    'webhook-id': MESSAGE.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signed(KEY, `${MESSAGE.id}.${timestamp}.${one?.body}`),
  });
  expect(JSON.parse(one?.body ?? '')).toEqual({
    id: MESSAGE.id,
    to: 'noc',
    subject: MESSAGE.subject,
    text: MESSAGE.text,
    link: MESSAGE.link,
    language: 'id',
    event: MESSAGE.event,
  });
});

test('while a receiver changes its key both sign', async () => {
  const { url, asked } = await receiver(() => ({}));
  const previousSecret = 'kunci lama yang panjang sekali';
  const channel = openChannel(webhook, { url, secret: SECRET, previousSecret });

  await channel.send(MESSAGE, patience());

  const content = `${MESSAGE.id}.${NOW / 1_000}.${asked[0]?.body}`;
  expect(asked[0]?.headers['webhook-signature']).toBe(`${signed(KEY, content)} ${signed(previousSecret, content)}`);
});

test.each([
  [400, 'refused', false],
  [403, 'sign-in', false],
  [410, 'settings', false],
  [429, 'rate-limited', true],
  [500, 'provider-fault', true],
])('status %i is %s', async (status, failure, retryable) => {
  const { url } = await receiver(() => ({ status }));

  const sending = openChannel(webhook, { url, secret: SECRET }).send(MESSAGE, patience());

  await expect(sending).rejects.toMatchObject({ failure, retryable });
});

test('a redirect is not followed: the message is for that host alone', async () => {
  const other = await startProvider(() => ({}));
  const { url } = await receiver(() => ({ status: 307, headers: { location: other.url } }));

  const sending = openChannel(webhook, { url, secret: SECRET }).send(MESSAGE, patience());

  await expect(sending).rejects.toMatchObject({ failure: 'settings', detail: 'http 307 redirect refused' });
  expect(other.connections()).toBe(0);
  await other.stop();
});

test('over TLS only who is known is told anything', async () => {
  const authority = await createAuthority();
  const keyPair = await authority.issue('IP:127.0.0.1');
  provider = await startProvider(() => ({}), keyPair);
  const settings = { url: provider.url, secret: SECRET };

  const stranger = openChannel(webhook, settings).send(MESSAGE, patience());
  await expect(stranger).rejects.toMatchObject({ failure: 'tls', retryable: true });
  await openChannel(webhook, { ...settings, ca: authority.cert }).send(MESSAGE, patience());

  expect(provider.asked).toHaveLength(1);
  await authority.remove();
});
