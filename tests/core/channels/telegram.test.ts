import { afterEach, expect, test } from 'vitest';
import { channel as telegram } from '../../../core/channels/telegram.ts';
import { MESSAGE, openChannel, patience } from '../../support/open-channel.ts';
import { type Answer, type Asked, type Provider, startProvider } from '../../support/provider.ts';

const TOKEN = '123456789:AAErahasia-dari-botfather';
const message = { ...MESSAGE, to: '-1001234567890' };
const sent = { ok: true, result: { message_id: 4711, chat: { id: -1001234567890 } } };

let provider: Provider | undefined;
afterEach(async () => {
  await provider?.stop();
  provider = undefined;
});

async function botThat(answer: (asked: Asked, count: number) => Answer, settings: object = {}) {
  provider = await startProvider(answer);
  return { bot: openChannel(telegram, { token: TOKEN, apiUrl: provider.url, ...settings }), asked: provider.asked };
}
const refusal = (code: number, description: string, parameters?: object): Answer => ({
  status: code,
  body: { ok: false, error_code: code, description, ...(parameters === undefined ? {} : { parameters }) },
});

test('a message is sent to its chat, and the provider names it', async () => {
  const { bot, asked } = await botThat(() => ({ body: sent }), { topicId: 7 });

  const result = await bot.send(message, patience());

  expect(result).toEqual({ providerId: '4711' });
  expect(asked.map(({ method, url }) => [method, url])).toEqual([['POST', `/bot${TOKEN}/sendMessage`]]);
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    chat_id: message.to,
    text: `${message.subject}\n${message.text}\n${message.link}`,
    link_preview_options: { is_disabled: true },
    message_thread_id: 7,
  });
});

test('a text beyond 4096 characters is shortened, its link is not', async () => {
  const { bot, asked } = await botThat(() => ({ body: sent }));

  await bot.send({ ...message, text: 'gangguan '.repeat(1_000) }, patience());

  const { text } = JSON.parse(asked[0]?.body ?? '');
  expect(text.length).toBeLessThanOrEqual(4_096);
  expect(text.length).toBeGreaterThan(4_000);
  expect(text).toMatch(/gangguan…\nhttps:\/\/simpul\.example\/i\/abc$/);
});

test('too many requests are to be tried again when the API says', async () => {
  const { bot } = await botThat(() => refusal(429, 'Too Many Requests: retry after 35', { retry_after: 35 }));

  const sending = bot.send(message, patience());

  await expect(sending).rejects.toMatchObject({ failure: 'rate-limited', retryable: true, retryAfterMs: 35_000 });
});

test.each([
  [400, 'Bad Request: chat not found', 'recipient', 'telegram 400 chat not found'],
  [400, 'Bad Request: message text is empty', 'refused', 'telegram 400'],
  [401, 'Unauthorized', 'sign-in', 'telegram 401'],
  [403, 'Forbidden: bot was blocked by the user', 'recipient', 'telegram 403 bot blocked by the user'],
  [404, 'Not Found', 'sign-in', 'telegram 404'],
])('%i %s is not tried again', async (code, description, failure, detail) => {
  const { bot } = await botThat(() => refusal(code, description));

  const sending = bot.send(message, patience());

  await expect(sending).rejects.toMatchObject({ failure, detail, retryable: false });
});

test('a fault of the API is tried again', async () => {
  const { bot } = await botThat(() => refusal(502, 'Bad Gateway'));

  const sending = bot.send(message, patience());

  await expect(sending).rejects.toMatchObject({ failure: 'provider-fault', retryable: true });
});

test('a group that became a supergroup is written to under its new id', async () => {
  const moved = { migrate_to_chat_id: -1009999999999 };
  const { bot, asked } = await botThat((_, count) =>
    count === 1 ? refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', moved) : { body: sent },
  );

  await bot.send(message, patience());

  expect(asked.map(({ body }) => JSON.parse(body).chat_id)).toEqual([message.to, '-1009999999999']);
});

test('the check signs in without a message', async () => {
  const { bot, asked } = await botThat(() => ({ body: { ok: true, result: { id: 1, is_bot: true } } }));

  const checked = await bot.test(patience());

  expect(checked).toEqual({ checked: 'signed-in' });
  expect(asked[0]?.url).toBe(`/bot${TOKEN}/getMe`);
});

test('no error holds the token or the chat', async () => {
  const { bot } = await botThat(() => refusal(400, `Bad Request: ${TOKEN} ${message.to}`));
  const dead = openChannel(telegram, { token: TOKEN, apiUrl: 'http://127.0.0.1:1' });

  const errors = await Promise.all(
    [bot, dead].map((one) => one.send(message, patience()).catch((error: Error) => error)),
  );

  for (const error of errors) {
    const shown = error instanceof Error ? `${error.message} ${error.stack} ${JSON.stringify(error)}` : '';
    expect(shown).toContain('ChannelError');
    expect(shown).not.toMatch(/rahasia|1001234567890/);
  }
});
