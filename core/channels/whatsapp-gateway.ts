import { Type } from 'typebox';
import { defineChannel } from '../channels.ts';
import { ChannelError } from '../delivery/channel-error.ts';
import { GATEWAY_SETTINGS, gatewayFault, reachGateway, throughGateway } from '../delivery/gateway.ts';
import { internationalDigits } from '../delivery/phone.ts';
import { withLink } from '../delivery/shorten.ts';

const MAX_TEXT = 4_096;
/** What gateways call a chat: of a person, of a group. */
const CHAT = /^\d{5,40}(-\d{5,20})?@(c\.us|s\.whatsapp\.net|g\.us)$/;

/**
 * WhatsApp through a gateway that the office runs itself. `{{to}}` is the number in digits, or the chat where the
 * recipient is one, such as `12036300000000@g.us`; what the gateway wants around it stands in the body's template.
 */
export const channel = defineChannel({
  title: { id: 'WhatsApp (gateway sendiri)', en: 'WhatsApp (own gateway)' },
  settings: Type.Object(GATEWAY_SETTINGS, { additionalProperties: false }),
  secrets: ['secret'],
  recipient: Type.String({ minLength: 7, maxLength: 80 }),
  // Numbers that write like a machine are blocked: slow enough for a person, fast enough for an evening of outages.
  limits: { perMinute: 20, perRecipientPerMinute: 6 },
  check: gatewayFault,
  open: (settings, tools) => ({
    async send({ id, to, subject, text, link }, signal) {
      const chat = CHAT.test(to) ? to : internationalDigits(to);
      if (chat === null) throw new ChannelError('recipient', 'neither a telephone number nor a chat');
      const whole = withLink(`*${subject.replaceAll('*', '')}*\n${text}`, link, MAX_TEXT);
      return await throughGateway(settings, { id, to: chat, text: whole }, tools, signal);
    },
    async test(signal) {
      await reachGateway(settings, signal);
      return { checked: 'answers' };
    },
    async close() {},
  }),
});
