import { Type } from 'typebox';
import { type Channel, defineChannel } from '../channels.ts';
import { ChannelError, type ChannelFailure } from '../delivery/channel-error.ts';
import { ask, asObject, failureOfStatus, type HttpAnswer, objectOf, providerIdOf } from '../delivery/http.ts';
import { CertificateText, httpUrl, UrlText, urlFault } from '../delivery/http-settings.ts';
import { withLink } from '../delivery/shorten.ts';
import { SECOND } from '../domain/clock.ts';

/** Bot API, sendMessage: 1 to 4096 characters. */
const MAX_TEXT = 4_096;
const API = 'https://api.telegram.org';

/** What the API's descriptions say, in words of our own; they are the only thing that tells these errors apart. */
const RECIPIENT_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/chat not found/i, 'chat not found'],
  [/blocked by the user/i, 'bot blocked by the user'],
  [/user is deactivated/i, 'user deactivated'],
  [/kicked|not a member/i, 'bot is not in the chat'],
  [/can't initiate conversation/i, 'the user never wrote to the bot'],
  [/not enough rights|CHAT_WRITE_FORBIDDEN/i, 'bot may not write there'],
  [/thread not found/i, 'topic not found'],
];

/** A bot of Telegram writes to a person, a group or a channel. */
export const channel = defineChannel({
  title: { id: 'Telegram', en: 'Telegram' },
  settings: Type.Object(
    {
      token: Type.String({ pattern: '^\\d{1,20}:[A-Za-z0-9_-]{10,100}$' }),
      /** A Bot API server of one's own. */
      apiUrl: Type.Optional(UrlText),
      /** Topic of a group that has topics. */
      topicId: Type.Optional(Type.Integer({ minimum: 1 })),
      ca: Type.Optional(CertificateText),
    },
    { additionalProperties: false },
  ),
  secrets: ['token'],
  recipient: Type.String({ pattern: '^(-?\\d{1,20}|@[A-Za-z][A-Za-z0-9_]{3,31})$' }),
  // About 30 a second to all and 20 a minute to a group are borne.
  limits: { perMinute: 1_200, perRecipientPerMinute: 20 },
  check: (settings) => urlFault(settings, 'apiUrl'),
  open({ token, apiUrl = API, topicId, ca }, { clock }): Channel {
    async function call(method: string, fields: object, signal: AbortSignal): Promise<Reply> {
      // The URL holds the token: it is in no error and no log.
      const url = httpUrl(`${apiUrl.replace(/\/+$/, '')}/bot${token.reveal()}/${method}`);
      if (url === null) throw new ChannelError('settings', 'the url is none');
      const headers = { 'content-type': 'application/json' };
      return replyOf(await ask({ method: 'POST', url, headers, body: JSON.stringify(fields), ca }, signal), clock());
    }

    return {
      async send({ to, subject, text, link }, signal) {
        const fields = {
          text: withLink(`${subject}\n${text}`, link, MAX_TEXT),
          link_preview_options: { is_disabled: true },
          ...(topicId === undefined ? {} : { message_thread_id: topicId }),
        };
        let reply = await call('sendMessage', { chat_id: to, ...fields }, signal);
        // A group that became a supergroup has a new id; the old one is refused with it.
        if ('movedTo' in reply) reply = await call('sendMessage', { chat_id: reply.movedTo, ...fields }, signal);
        if ('movedTo' in reply) throw new ChannelError('recipient', 'the chat moved twice');
        return { providerId: providerIdOf(asObject(reply.result)?.['message_id']) };
      },
      async test(signal) {
        await call('getMe', {}, signal);
        return { checked: 'signed-in' };
      },
      async close() {},
    };
  },
});

type Reply = { readonly result: unknown } | { readonly movedTo: string };

/** @throws ChannelError unless the API says that it is done */
function replyOf(answer: HttpAnswer, now: number): Reply {
  const fields = objectOf(answer.body);
  if (answer.status === 200) {
    if (fields?.['ok'] === true) return { result: fields['result'] };
    throw new ChannelError('bad-answer', 'not the Bot API');
  }
  if (fields?.['ok'] !== false) throw failureOfStatus(answer, now);
  const parameters = asObject(fields['parameters']);
  const movedTo = providerIdOf(parameters?.['migrate_to_chat_id']);
  if (movedTo !== null) return { movedTo };
  const retryAfterS = parameters?.['retry_after'];
  if (answer.status === 429 && typeof retryAfterS === 'number' && retryAfterS >= 0) {
    throw new ChannelError('rate-limited', 'telegram 429', { retryAfterMs: retryAfterS * SECOND });
  }
  const description = String(fields['description'] ?? '');
  const known = RECIPIENT_FAULTS.find(([pattern]) => pattern.test(description));
  if (known !== undefined) throw new ChannelError('recipient', `telegram ${answer.status} ${known[1]}`);
  const failure = BY_STATUS[answer.status];
  if (failure !== undefined) throw new ChannelError(failure, `telegram ${answer.status}`);
  throw failureOfStatus(answer, now);
}

/** An unknown token is answered with 401, a malformed one with 404. */
const BY_STATUS: Readonly<Record<number, ChannelFailure>> = {
  400: 'refused',
  401: 'sign-in',
  403: 'recipient',
  404: 'sign-in',
};
