import { afterEach, expect, test } from 'vitest';
import { channel as whatsapp } from '../../../core/channels/whatsapp-cloud.ts';
import { MESSAGE, openChannel, patience } from '../../support/open-channel.ts';
import { type Answer, type Provider, startProvider } from '../../support/provider.ts';

const TOKEN = 'EAAG-rahasia-sekali-jangan-bocor';
const accepted = {
  messaging_product: 'whatsapp',
  contacts: [{ input: '6281234567890', wa_id: '6281234567890' }],
  messages: [{ id: 'wamid.HBgLNjI4', message_status: 'accepted' }],
};
const refusal = (status: number, code: number): Answer => ({
  status,
  body: { error: { message: `(#${code}) to 6281234567890`, type: 'OAuthException', code, fbtrace_id: 'A1' } },
});

let provider: Provider | undefined;
afterEach(async () => {
  await provider?.stop();
  provider = undefined;
});

async function numberThat(answer: () => Answer, settings: object = {}) {
  provider = await startProvider(answer);
  const channel = openChannel(whatsapp, {
    token: TOKEN,
    phoneNumberId: '106540352242922',
    apiUrl: provider.url,
    ...settings,
  });
  return { channel, asked: provider.asked };
}

test('without a template the text goes as it is, to the number with its country', async () => {
  const { channel, asked } = await numberThat(() => ({ body: accepted }));

  const result = await channel.send(MESSAGE, patience());

  expect(result).toEqual({ providerId: 'wamid.HBgLNjI4' });
  expect(asked[0]).toMatchObject({ method: 'POST', url: '/v23.0/106540352242922/messages' });
  expect(asked[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: '6281234567890',
    type: 'text',
    text: { preview_url: false, body: `*${MESSAGE.subject}*\n${MESSAGE.text}\n${MESSAGE.link}` },
    biz_opaque_callback_data: MESSAGE.id,
  });
});

test('a template is filled in with lines of one piece, in the language of the reader', async () => {
  const settings = {
    template: 'gangguan_jaringan',
    templateFields: ['subject', 'text', 'link'],
    templateEnglish: 'en_US',
  };
  const { channel, asked } = await numberThat(() => ({ body: accepted }), settings);

  await channel.send(MESSAGE, patience());
  await channel.send({ ...MESSAGE, language: 'en' }, patience());

  const [indonesian, english] = asked.map(({ body }) => JSON.parse(body).template);
  expect(indonesian).toEqual({
    name: 'gangguan_jaringan',
    language: { code: 'id' },
    components: [
      {
        type: 'body',
        parameters: [
          { type: 'text', text: MESSAGE.subject },
          { type: 'text', text: 'Sejak 22 Nov 2026, 10.15 WIB.; Dugaan penyebab: listrik padam.' },
          { type: 'text', text: MESSAGE.link },
        ],
      },
    ],
  });
  expect(english.language).toEqual({ code: 'en_US' });
});

test.each([
  [401, 190, 'sign-in', false],
  [403, 200, 'sign-in', false],
  [400, 130_429, 'rate-limited', true],
  [400, 131_056, 'rate-limited', true],
  [400, 131_026, 'recipient', false],
  [400, 131_047, 'refused', false],
  [404, 132_001, 'settings', false],
  [500, 131_000, 'provider-fault', true],
  [503, 999_999, 'provider-fault', true],
])('status %i with code %i is %s', async (status, code, failure, retryable) => {
  const { channel } = await numberThat(() => refusal(status, code));

  const error = await channel.send(MESSAGE, patience()).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ failure, retryable });
  expect(String(error)).not.toMatch(/62812|rahasia/);
});

test('of one person it is told how long to leave them in peace', async () => {
  const { channel } = await numberThat(() => refusal(400, 131_056));

  const sending = channel.send(MESSAGE, patience());

  await expect(sending).rejects.toMatchObject({ retryAfterMs: 6_000 });
});

test('an answer of 200 without a message is none', async () => {
  const { channel } = await numberThat(() => ({ body: { hello: 'there' } }));

  const sending = channel.send(MESSAGE, patience());

  await expect(sending).rejects.toMatchObject({ failure: 'bad-answer', retryable: true });
});

test('what is no telephone number is asked of nobody', async () => {
  const { channel, asked } = await numberThat(() => ({ body: accepted }));

  const sending = channel.send({ ...MESSAGE, to: 'kantor@desa.id' }, patience());

  await expect(sending).rejects.toMatchObject({ failure: 'recipient' });
  expect(asked).toEqual([]);
});
