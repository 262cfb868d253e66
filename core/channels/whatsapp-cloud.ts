import { Type } from 'typebox';
import { type Channel, defineChannel, type Message } from '../channels.ts';
import { oneOf } from '../contract/common.ts';
import { ChannelError } from '../delivery/channel-error.ts';
import { ask, asObject, failureOfStatus, type HttpAnswer, objectOf, providerIdOf } from '../delivery/http.ts';
import { CertificateText, httpUrl, UrlText, urlFault } from '../delivery/http-settings.ts';
import { internationalDigits, PhoneText } from '../delivery/phone.ts';
import { shorten, withLink } from '../delivery/shorten.ts';
import { failureOfWhatsAppCode } from '../delivery/whatsapp-codes.ts';
import { SECOND } from '../domain/clock.ts';

const API = 'https://graph.facebook.com';
const VERSION = 'v23.0';
const MAX_TEXT = 4_096;
/** A template's body has 1,024 characters with its parameters; this leaves room for its own words. */
const MAX_PARAMETER = 300;

/**
 * WhatsApp Business Cloud API. Outside 24 hours after a person's last message only an approved template reaches them;
 * without one set, plain text is sent.
 */
export const channel = defineChannel({
  title: { id: 'WhatsApp (Cloud API)', en: 'WhatsApp (Cloud API)' },
  settings: Type.Object(
    {
      token: Type.String({ pattern: '^[\\x21-\\x7e]{20,1000}$' }),
      phoneNumberId: Type.String({ pattern: '^\\d{5,30}$' }),
      template: Type.Optional(Type.String({ pattern: '^[a-z0-9_]{1,512}$' })),
      /** What fills the variables of the template's body, in their order. */
      templateFields: Type.Optional(Type.Array(oneOf(['subject', 'short', 'text', 'link']), { maxItems: 8 })),
      /** Codes of the template's languages. */
      templateIndonesian: Type.Optional(Type.String({ pattern: '^[a-z]{2}(_[A-Z]{2})?$' })),
      templateEnglish: Type.Optional(Type.String({ pattern: '^[a-z]{2}(_[A-Z]{2})?$' })),
      apiUrl: Type.Optional(UrlText),
      apiVersion: Type.Optional(Type.String({ pattern: '^v\\d{1,3}\\.\\d$' })),
      ca: Type.Optional(CertificateText),
    },
    { additionalProperties: false },
  ),
  secrets: ['token'],
  recipient: PhoneText,
  // 80 a second to all, one in 6 seconds to one person.
  limits: { perMinute: 1_200, perRecipientPerMinute: 10 },
  check: (settings) => urlFault(settings, 'apiUrl'),
  open(settings, { clock }): Channel {
    const { token, phoneNumberId, apiUrl = API, apiVersion = VERSION, ca } = settings;
    const urlOf = (path: string): URL => {
      const url = httpUrl(`${apiUrl.replace(/\/+$/, '')}/${apiVersion}/${phoneNumberId}${path}`);
      if (url === null) throw new ChannelError('settings', 'the url is none');
      return url;
    };
    const authorization = (): string => `Bearer ${token.reveal()}`;

    function contentOf(message: Message): object {
      const { template, templateFields = ['subject', 'short'], templateIndonesian, templateEnglish } = settings;
      if (template === undefined) {
        const body = withLink(`*${message.subject.replaceAll('*', '')}*\n${message.text}`, message.link, MAX_TEXT);
        return { type: 'text', text: { preview_url: false, body } };
      }
      const code = message.language === 'id' ? (templateIndonesian ?? 'id') : (templateEnglish ?? 'en');
      const parameters = templateFields.map((field) => ({ type: 'text', text: parameterOf(message, field) }));
      const components = parameters.length === 0 ? [] : [{ type: 'body', parameters }];
      return { type: 'template', template: { name: template, language: { code }, components } };
    }

    return {
      async send(message, signal) {
        const to = internationalDigits(message.to);
        if (to === null) throw new ChannelError('recipient', 'no telephone number');
        const body = JSON.stringify({
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to,
          ...contentOf(message),
          // Comes back with every report on the message.
          biz_opaque_callback_data: message.id,
        });
        const headers = { authorization: authorization(), 'content-type': 'application/json' };
        const answer = await ask({ method: 'POST', url: urlOf('/messages'), headers, body, ca }, signal);
        const fields = acceptedOf(answer, clock());
        const messages = fields['messages'];
        const first = Array.isArray(messages) ? asObject(messages[0]) : null;
        if (first === null) throw new ChannelError('bad-answer', 'not the Cloud API');
        return { providerId: providerIdOf(first['id']) };
      },
      async test(signal) {
        const headers = { authorization: authorization() };
        acceptedOf(await ask({ method: 'GET', url: urlOf('?fields=id'), headers, ca }, signal), clock());
        return { checked: 'signed-in' };
      },
      async close() {},
    };
  },
});

/** A parameter has no line break, no tab and no more than four spaces in a row, and is not empty. */
function parameterOf(message: Message, field: 'subject' | 'short' | 'text' | 'link'): string {
  const text = (field === 'short' ? (message.short ?? message.text) : message[field]) ?? '';
  const line = text
    .replace(/\s*\n\s*/g, '; ')
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? '-' : field === 'link' ? line : shorten(line, MAX_PARAMETER);
}

function acceptedOf(answer: HttpAnswer, now: number): Readonly<Record<string, unknown>> {
  const fields = objectOf(answer.body);
  const error = asObject(fields?.['error']);
  const code = error?.['code'];
  if (typeof code === 'number') {
    throw failureOfWhatsAppCode(code, PAIR_WAIT_MS) ?? failureOfStatus(answer, now);
  }
  if (answer.status < 200 || answer.status >= 300) throw failureOfStatus(answer, now);
  if (fields === null) throw new ChannelError('bad-answer', 'not the Cloud API');
  return fields;
}

const PAIR_WAIT_MS = 6 * SECOND;
