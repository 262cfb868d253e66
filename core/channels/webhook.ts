import { createHmac } from 'node:crypto';
import { Type } from 'typebox';
import { defineChannel } from '../channels.ts';
import type { Secret } from '../config/secret.ts';
import { ChannelError } from '../delivery/channel-error.ts';
import { ask, failureOfStatus, reach } from '../delivery/http.ts';
import { CertificateText, httpUrl, UrlText, urlFault } from '../delivery/http-settings.ts';
import { SECOND } from '../domain/clock.ts';

const KEY_PREFIX = 'whsec_';

/** Signed JSON to a program of others, in the form of Standard Webhooks; `docs/webhook.md` is for its author. */
export const channel = defineChannel({
  title: { id: 'Webhook', en: 'Webhook' },
  settings: Type.Object(
    {
      url: UrlText,
      secret: Type.String({ minLength: 24, maxLength: 200 }),
      /** Signs beside the new one while the receiver changes over. */
      previousSecret: Type.Optional(Type.String({ minLength: 24, maxLength: 200 })),
      ca: Type.Optional(CertificateText),
    },
    { additionalProperties: false },
  ),
  secrets: ['secret', 'previousSecret'],
  recipient: Type.String({ maxLength: 200 }),
  limits: { perMinute: 300 },
  check: (settings) => urlFault(settings, 'url'),
  open: ({ url: address, secret, previousSecret, ca }, { clock }) => {
    const urlOf = (): URL => {
      const url = httpUrl(address);
      if (url === null) throw new ChannelError('settings', 'the url is none');
      return url;
    };
    return {
      async send({ id, to, subject, text, link, language, event }, signal) {
        const body = JSON.stringify({ id, to, subject, text, link: link ?? null, language, event: event ?? null });
        const timestamp = String(Math.floor(clock() / SECOND));
        const signatures = [secret, previousSecret]
          .filter((key) => key !== undefined)
          .map((key) => `v1,${sign(key, `${id}.${timestamp}.${body}`)}`);
        const headers = {
          'content-type': 'application/json; charset=utf-8',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatures.join(' '),
          'idempotency-key': id,
        };
        const answer = await ask({ method: 'POST', url: urlOf(), headers, body, ca }, signal);
        if (answer.status < 200 || answer.status >= 300) throw failureOfStatus(answer, clock());
        return { providerId: null };
      },
      async test(signal) {
        await reach(urlOf(), ca, signal);
        return { checked: 'answers' };
      },
      async close() {},
    };
  },
});

/** A key with the prefix is base64 of its bytes, any other is its own text. */
function sign(key: Secret, content: string): string {
  const text = key.reveal();
  const bytes = text.startsWith(KEY_PREFIX) ? Buffer.from(text.slice(KEY_PREFIX.length), 'base64') : Buffer.from(text);
  return createHmac('sha256', bytes).update(content).digest('base64');
}
