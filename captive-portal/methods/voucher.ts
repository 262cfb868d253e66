import { Type } from 'typebox';
import { closesAtOf } from '../../core/domain/portal/decide.ts';
import type { Refusal } from '../../core/domain/portal/grant.ts';
import { readVoucherCode } from '../../core/domain/portal/voucher-code.ts';
import { covers } from '../../core/domain/region.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import type { StoredVoucher } from '../../core/stores/inventory/portal/vouchers.ts';
import type { Entered, Entering, Method, MethodTools } from '../method.ts';
import { methodWords } from '../method-words.ts';
import { html } from '../pages/html.ts';
import { refusalText } from '../pages/words.ts';
import { button, field } from '../ways/field.ts';
import { guess } from '../ways/guessing.ts';

const FIELD = 'voucher-code';
/** Ten digits, and whatever people put between them. */
const MAX_LENGTH = 24;

const refused = (refusal: Refusal): Entered => ({ kind: 'refused', refusal, field: FIELD });

/** One numeric code, no user name. Quotas count by voucher, on however many devices its plan allows. */
export const method: Method = {
  title: { id: 'Voucher', en: 'Voucher' },
  settings: Type.Object({}, { additionalProperties: false }),
  secrets: [],

  form({ language }, { refused: shown, form }) {
    const words = methodWords(language);
    const value = form.get(FIELD) ?? '';
    const isMistyped = shown?.refusal === 'wrong-code' && readVoucherCode(value).kind === 'mistyped';
    const error =
      shown?.field !== FIELD ? null : isMistyped ? words.voucher.mistyped : refusalText(language, shown.refusal);
    return html`${field({
      name: FIELD,
      label: words.voucher.label,
      hint: words.voucher.hint,
      error,
      value,
      inputmode: 'numeric',
      autocomplete: 'off',
      maxlength: MAX_LENGTH,
    })}${button(words.agree)}`;
  },

  async enter(entering, form, tools) {
    const read = readVoucherCode(form.get(FIELD) ?? '');
    // Nobody has such a code: the store is not asked, and it is no guess.
    if (read.kind === 'mistyped') return refused('wrong-code');
    const codeHash = tools.keys.hash('voucher', read.digits);
    return await guess(entering, tools, async () => {
      const voucher = await tools.inventory.portal.vouchers.find(codeHash, entering.plan?.id ?? null);
      if (voucher === null) return { isRight: false, entered: refused('wrong-code') };
      return { isRight: true, entered: await use(voucher, codeHash, entering, tools) };
    });
  },
};

async function use(
  voucher: StoredVoucher,
  codeHash: string,
  { site }: Entering,
  { inventory, clock }: MethodTools,
): Promise<Entered> {
  const at = clock();
  const isHere = voucher.siteId === site.siteId || covers(voucher.regionCode ?? 'none', site.regionCode);
  if (!isHere) return refused('voucher-elsewhere');
  if (voucher.voidedAt !== null) return refused('voucher-void');
  if ((voucher.expiresAt ?? voucher.validUntil) <= at) return refused('voucher-expired');
  // Its time does not begin at a closed door.
  if (voucher.firstUsedAt === null && closesAtOf(voucher.hours, at, zoneOf(site.regionCode)) === null) {
    return { kind: 'refused', refusal: 'closed' };
  }
  const expiresAt = await inventory.portal.vouchers.firstUse(codeHash, at);
  if (expiresAt === null) return refused('voucher-void');
  return {
    kind: 'admitted',
    subjectHash: codeHash,
    ...(voucher.planId === null ? {} : { planId: voucher.planId }),
    reentryUntil: expiresAt,
    notAfter: expiresAt,
  };
}
