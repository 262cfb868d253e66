import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { channel as email } from '../../../core/channels/email.ts';
import { channel as sms } from '../../../core/channels/sms.ts';
import { channel as telegram } from '../../../core/channels/telegram.ts';
import { channel as webhook } from '../../../core/channels/webhook.ts';
import { channel as whatsappCloud } from '../../../core/channels/whatsapp-cloud.ts';
import { channel as whatsappGateway } from '../../../core/channels/whatsapp-gateway.ts';
import type { Channel } from '../../../core/channels.ts';
import { leftovers, untilNothingIsLeft } from '../../support/leftovers.ts';
import { MESSAGE, openChannel, patience } from '../../support/open-channel.ts';
import { startStranger } from '../../support/provider.ts';

const GATEWAY = { method: 'POST', format: 'form', body: 'to={{to}}' };
const CHANNELS: Readonly<Record<string, (url: string) => readonly [Channel, string]>> = {
  telegram: (apiUrl) => [openChannel(telegram, { token: '123456:AAErahasia-rahasia', apiUrl }), '-100123'],
  'whatsapp-cloud': (apiUrl) => [
    openChannel(whatsappCloud, { token: 'rahasia-rahasia-rahasia', phoneNumberId: '10654', apiUrl }),
    MESSAGE.to,
  ],
  'whatsapp-gateway': (url) => [openChannel(whatsappGateway, { ...GATEWAY, url }), MESSAGE.to],
  sms: (url) => [openChannel(sms, { ...GATEWAY, url }), MESSAGE.to],
  webhook: (url) => [openChannel(webhook, { url, secret: 'rahasia rahasia rahasia rahasia' }), 'noc'],
  email: (url) => [
    openChannel(email, { host: '127.0.0.1', port: Number(new URL(url).port), tls: 'none', from: 'simpul@desa.test' }),
    'dewi@desa.test',
  ],
};

/** Writes without an end, as fast as it is read. */
function pour(socket: Socket, head: string, chunk: string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  socket.write(head);
  more();
}
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const STRANGERS: Readonly<Record<string, (socket: Socket) => void>> = {
  'says nothing': () => {},
  'closes at once': (socket) => socket.destroy(),
  'closes after a question': (socket) => socket.once('data', () => socket.destroy()),
  'talks nonsense': (socket) => socket.end('\x16\x03\x01 selamat siang\r\n\r\n'),
  'talks nonsense without an end': (socket) => pour(socket, '', 'x'.repeat(16_384)),
  'sends a head without an end': (socket) => pour(socket, 'HTTP/1.1 200 OK\r\n', `x: ${'y'.repeat(1_000)}\r\n`),
  'sends a body without an end': (socket) => pour(socket, `${HEAD}\r\n`, '{'.repeat(16_384)),
  'stops in the middle': (socket) => socket.once('data', () => socket.write(`${HEAD}content-length: 90\r\n\r\n{"ok"`)),
  'closes in the middle': (socket) => socket.once('data', () => socket.end(`${HEAD}content-length: 90\r\n\r\n{"ok"`)),
};

let stop: () => Promise<void> = async () => {};
afterEach(async () => {
  await stop();
});

describe.each(Object.keys(CHANNELS))('%s', (name) => {
  test.each(Object.keys(STRANGERS))('gives up on a stranger who %s, and nothing is left open', async (habit) => {
    const stranger = await startStranger((socket) => STRANGERS[habit]?.(socket));
    stop = stranger.stop;
    const before = leftovers();
    const [channel, to] = CHANNELS[name]?.(stranger.url) ?? [];

    const error = await channel?.send({ ...MESSAGE, to: to ?? '' }, patience(1_000)).catch((thrown: unknown) => thrown);
    await channel?.close();

    expect(error).toMatchObject({ name: 'ChannelError', retryable: true });
    expect(String(error)).not.toMatch(/rahasia|62812|dewi/);
    await stop();
    expect(await untilNothingIsLeft(before)).toEqual([]);
    stop = async () => {};
  });

  test('its check gives up on who says nothing, and nothing is left open', async () => {
    const stranger = await startStranger((socket) => socket.resume());
    stop = stranger.stop;
    const before = leftovers();
    const [channel] = CHANNELS[name]?.(stranger.url) ?? [];

    const checking = channel?.test(patience(300));

    await expect(checking).rejects.toMatchObject({ failure: 'timeout' });
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });

  test('says that nobody is there', async () => {
    const stranger = await startStranger(() => {});
    await stranger.stop();
    const [channel, to] = CHANNELS[name]?.(stranger.url) ?? [];

    const sending = channel?.send({ ...MESSAGE, to: to ?? '' }, patience());

    await expect(sending).rejects.toMatchObject({ failure: 'unreachable', retryable: true });
  });

  test('does not begin when it is called off already', async () => {
    const [channel, to] = CHANNELS[name]?.('http://127.0.0.1:9') ?? [];

    const sending = channel?.send({ ...MESSAGE, to: to ?? '' }, AbortSignal.abort());

    await expect(sending).rejects.toMatchObject({ failure: 'timeout' });
  });
});
