import { createTransport } from 'nodemailer';
import { Type } from 'typebox';
import { defineChannel } from '../channels.ts';
import { oneOf } from '../contract/common.ts';
import { ChannelError } from '../delivery/channel-error.ts';
import { CertificateText } from '../delivery/http-settings.ts';
import { withPatience } from '../delivery/patience.ts';
import { checkSmtp } from '../delivery/smtp-check.ts';
import { failureOfSmtp } from '../delivery/smtp-failure.ts';
import { SECOND } from '../domain/clock.ts';

const ADDRESS = '^[^\\s@<>(),;:"\\\\\\[\\]]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$';
const AddressText = Type.String({ pattern: ADDRESS, maxLength: 254 });
const isAddress = (text: string): boolean => text.length <= 254 && new RegExp(ADDRESS).test(text);

const PORTS = { tls: 465, starttls: 587, none: 25 } as const;
/** Of one command; the whole is bounded by the sender's signal and by `PATIENCE_MS`. */
const SILENCE_MS = 15 * SECOND;
const PATIENCE_MS = 60 * SECOND;
const MAX_RESPONSE_BYTES = 64 * 1024;

/** Mail over SMTP. A connection each: messages are few, and one that is kept is often dead when it is needed. */
export const channel = defineChannel({
  title: { id: 'Surel', en: 'E-mail' },
  settings: Type.Object(
    {
      host: Type.String({ pattern: '^[A-Za-z0-9.:-]+$', minLength: 1, maxLength: 253 }),
      port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
      /** TLS from the start, after STARTTLS (refused where the server has none), or none at all. */
      tls: oneOf(['starttls', 'tls', 'none']),
      user: Type.Optional(Type.String({ minLength: 1, maxLength: 254 })),
      password: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
      from: AddressText,
      fromName: Type.Optional(Type.String({ maxLength: 100, pattern: '^[^\\r\\n]*$' })),
      replyTo: Type.Optional(AddressText),
      ca: Type.Optional(CertificateText),
    },
    { additionalProperties: false },
  ),
  secrets: ['password'],
  recipient: AddressText,
  limits: { perMinute: 60 },
  check({ tls, user, password }) {
    if ((user === undefined) !== (password === undefined))
      return { field: user === undefined ? 'user' : 'password', reason: 'a user and a password go together' };
    return tls === 'none' && user !== undefined ? { field: 'tls', reason: 'a password is not sent without TLS' } : null;
  },
  open(settings) {
    const { host, tls, user, password, from, fromName, replyTo, ca } = settings;
    const account = user === undefined || password === undefined ? null : { user, password };
    const server = {
      host,
      port: settings.port ?? PORTS[tls],
      secure: tls === 'tls',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(ca === undefined ? {} : { tls: { ca } }),
      connectionTimeout: SILENCE_MS,
      greetingTimeout: SILENCE_MS,
      socketTimeout: SILENCE_MS,
      dnsTimeout: SILENCE_MS,
      socketCloseTimeout: SECOND,
      maxResponseSize: MAX_RESPONSE_BYTES,
      logger: false,
    };
    const transport = createTransport({
      ...server,
      ...(account === null ? {} : { auth: { user: account.user, pass: account.password.reveal() } }),
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const domain = from.slice(from.lastIndexOf('@') + 1);
    const nameOf = (id: string): string => `<${id}@${domain}>`;

    return {
      async send(message, signal) {
        const { id, to, subject, text, html, link, language, threadId } = message;
        if (!isAddress(to)) throw new ChannelError('recipient', 'no address');
        try {
          const { messageId } = await withPatience(PATIENCE_MS, signal, (patience) =>
            transport.sendMail({
              from: { name: fromName ?? 'Simpul', address: from },
              to: { name: '', address: to },
              ...(replyTo === undefined ? {} : { replyTo }),
              subject,
              text: link === undefined ? text : `${text}\n\n${link}`,
              ...(html === undefined ? {} : { html }),
              messageId: nameOf(id),
              ...(threadId === undefined ? {} : { references: [nameOf(threadId)], inReplyTo: nameOf(threadId) }),
              // No machine answers it (RFC 3834, 5).
              headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
              signal: patience,
            }),
          );
          return { providerId: messageId };
        } catch (error) {
          throw failureOfSmtp(error);
        }
      },
      async test(signal) {
        await withPatience(PATIENCE_MS, signal, (patience) => checkSmtp(server, account, patience));
        return { checked: account === null ? 'answers' : 'signed-in' };
      },
      async close() {
        transport.close();
      },
    };
  },
});
