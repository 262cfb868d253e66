import { Type } from 'typebox';
import { defineChannel } from '../channels.ts';
import { oneOf } from '../contract/common.ts';
import { ChannelError } from '../delivery/channel-error.ts';
import { GATEWAY_SETTINGS, gatewayFault, reachGateway, throughGateway } from '../delivery/gateway.ts';
import { internationalDigits, PhoneText } from '../delivery/phone.ts';
import { smsText } from '../delivery/sms-text.ts';

const WRITE_NUMBER = {
  e164: (digits: string) => `+${digits}`,
  digits: (digits: string) => digits,
  /** As dialled within the country. */
  local: (digits: string) => digits.replace(/^62/, '0'),
};

/** SMS through whatever gateway takes HTTP: a provider's, or a modem's in the office. */
export const channel = defineChannel({
  title: { id: 'SMS', en: 'SMS' },
  settings: Type.Object(
    {
      ...GATEWAY_SETTINGS,
      numberForm: Type.Optional(oneOf(['e164', 'digits', 'local'])),
      /** Parts of one message that are paid for at most. */
      maxParts: Type.Optional(Type.Integer({ minimum: 1, maximum: 6 })),
    },
    { additionalProperties: false },
  ),
  secrets: ['secret'],
  recipient: PhoneText,
  limits: { perMinute: 60, perRecipientPerMinute: 6 },
  check: gatewayFault,
  open: (settings, tools) => ({
    async send({ id, to, subject, short, text, link }, signal) {
      const digits = internationalDigits(to);
      if (digits === null) throw new ChannelError('recipient', 'no telephone number');
      const sms = smsText(short ?? `${subject}. ${text}`, link, settings.maxParts ?? 2);
      const number = WRITE_NUMBER[settings.numberForm ?? 'digits'](digits);
      return await throughGateway(settings, { id, to: number, text: sms.text }, tools, signal);
    },
    async test(signal) {
      await reachGateway(settings, signal);
      return { checked: 'answers' };
    },
    async close() {},
  }),
});
