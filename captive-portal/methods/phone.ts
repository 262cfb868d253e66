import { Type } from 'typebox';
import { Uuid } from '../../core/contract/common.ts';
import { AppError } from '../../core/domain/errors.ts';
import { indonesianMobile } from '../../core/domain/portal/phone-number.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import { askPhoneCode, CODE_DIGITS, checkPhoneCode } from '../../core/services/portal/phone-code.ts';
import type { Entered, Entering, Method, MethodTools } from '../method.ts';
import { methodWords } from '../method-words.ts';
import { type Html, html } from '../pages/html.ts';
import { refusalText } from '../pages/words.ts';
import { button, field } from '../ways/field.ts';
import { ReentryDays, reentryUntil } from '../ways/reentry.ts';

const FIELD = { number: 'phone-number', code: 'phone-code', again: 'phone-again' } as const;

/**
 * A code is sent to a mobile number and typed in here. The number goes to the provider alone: between the pages only the
 * id of the code is carried, so a reload asks for the code again, and sending once more for the number.
 */
export const method: Method = {
  title: { id: 'Kode ke nomor HP', en: 'Code to a mobile number' },
  settings: Type.Object(
    {
      /** The channel that sends: SMS or WhatsApp. */
      channelId: Uuid,
      /** Codes of this site in a day; as the settings of the province say where it is not given. */
      perSiteDay: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
      reentryDays: ReentryDays,
    },
    { additionalProperties: false },
  ),
  secrets: [],

  form(entering, shown) {
    const { language, step } = entering;
    const words = methodWords(language).phone;
    const error = (name: string): string | null => {
      if (shown.refused?.field !== name) return null;
      return name === FIELD.number ? words.noMobile : refusalText(language, shown.refused.refusal);
    };
    const number = field({
      name: FIELD.number,
      label: words.number,
      hint: words.numberHint,
      error: error(FIELD.number),
      value: shown.form.get(FIELD.number) ?? '',
      type: 'tel',
      inputmode: 'tel',
      autocomplete: 'tel',
      maxlength: 24,
    });
    if (step === null) return html`${number}${button(words.send)}`;
    // Return in the code's field must not send once more: the first button of the form is the one that enters.
    return html`${
      shown.notice !== null && html`<p class="n" role="status">${shown.notice}</p>`
    }${codeField(words.code, words.codeHint, error(FIELD.code))}${button(methodWords(language).agree)}<details${
      shown.refused?.field === FIELD.number && html` open`
    }><summary>${words.again}</summary>${number}<button name="${FIELD.again}" value="1">${words.sendAgain}</button></details>`;
  },

  enter: async (entering, form, tools) =>
    entering.step === null || form.get(FIELD.again) === '1'
      ? await send(entering, form, tools)
      : await check(entering, entering.step, form, tools),
};

const codeField = (label: string, hint: string, error: string | null): Html =>
  field({
    name: FIELD.code,
    label,
    hint,
    error,
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    maxlength: CODE_DIGITS + 4,
  });

async function send(entering: Entering, form: URLSearchParams, tools: MethodTools): Promise<Entered> {
  const { site, gateway, settings, language, macHash } = entering;
  const phone = indonesianMobile(form.get(FIELD.number) ?? '');
  if (phone === null) return { kind: 'refused', refusal: 'wrong-code', field: FIELD.number };
  const { channelId, perSiteDay } = settings;
  if (typeof channelId !== 'string') throw new AppError('config', 'the way in by telephone has no channel');
  const words = methodWords(language).phone;
  const asked = await askPhoneCode(
    { ...tools, zone: zoneOf(site.regionCode) },
    {
      purpose: 'login',
      phone,
      macHash,
      gatewayId: gateway.id,
      siteId: site.siteId,
      ...(typeof perSiteDay === 'number' ? { perSiteDay } : {}),
      send: (code, id) => tools.sendText(channelId, phone, words.text(code), id),
    },
  );
  if (asked.kind === 'budget') return { kind: 'refused', refusal: 'budget' };
  if (asked.kind === 'too-many-numbers') return { kind: 'refused', refusal: 'pause' };
  return { kind: 'next', step: asked.id, notice: words.sent };
}

async function check(entering: Entering, id: string, form: URLSearchParams, tools: MethodTools): Promise<Entered> {
  const code = form.get(FIELD.code) ?? '';
  const phoneHash = await checkPhoneCode(tools, { id, purpose: 'login', macHash: entering.macHash, code });
  if (phoneHash === null) return { kind: 'refused', refusal: 'wrong-code', field: FIELD.code };
  return { kind: 'admitted', subjectHash: phoneHash, phoneHash, reentryUntil: reentryUntil(entering, tools.clock()) };
}
