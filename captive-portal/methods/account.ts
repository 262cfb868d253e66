import { Type } from 'typebox';
import { AppError } from '../../core/domain/errors.ts';
import { checkAccount } from '../../core/services/portal/check-account.ts';
import type { Method } from '../method.ts';
import { methodWords } from '../method-words.ts';
import { html } from '../pages/html.ts';
import { refusalText } from '../pages/words.ts';
import { button, field } from '../ways/field.ts';
import { guess } from '../ways/guessing.ts';
import { ReentryDays, reentryUntil } from '../ways/reentry.ts';

const FIELD = { name: 'account-name', password: 'account-password' } as const;
const MOST = { name: 64, password: 256 };

/** Employees of an agency, with the account that they have in Simpul. Quotas count by account. */
export const method: Method = {
  title: { id: 'Akun pegawai', en: 'Account of an employee' },
  settings: Type.Object({ reentryDays: ReentryDays }, { additionalProperties: false }),
  secrets: [],

  form({ language }, { refused, form }) {
    const { account, agree } = methodWords(language);
    return html`${field({
      name: FIELD.name,
      label: account.name,
      value: form.get(FIELD.name) ?? '',
      autocomplete: 'username',
      maxlength: MOST.name,
    })}${field({
      name: FIELD.password,
      label: account.password,
      error: refused?.field === FIELD.password ? refusalText(language, refused.refusal) : null,
      type: 'password',
      autocomplete: 'current-password',
      maxlength: MOST.password,
    })}${button(agree)}`;
  },

  async enter(entering, form, tools) {
    const name = (form.get(FIELD.name) ?? '').trim().toLowerCase();
    const password = form.get(FIELD.password) ?? '';
    const wrong = { kind: 'refused', refusal: 'wrong-password', field: FIELD.password } as const;
    if (name === '' || password === '' || name.length > MOST.name || password.length > MOST.password) return wrong;
    const make = async () => {
      const accountId = await checkAccount(tools.inventory, name, password);
      if (accountId === null) return { isRight: false, entered: wrong };
      return {
        isRight: true,
        entered: {
          kind: 'admitted' as const,
          subjectHash: tools.keys.hash('account', accountId),
          reentryUntil: reentryUntil(entering, tools.clock()),
        },
      };
    };
    try {
      return await guess(entering, tools, make, tools.keys.hash('account', `name ${name}`));
    } catch (error) {
      // More at once than the processors bear: it was not tried.
      if (!(error instanceof AppError) || error.code !== 'too-many-requests') throw error;
      return { kind: 'refused', refusal: 'pause', retryAfterMs: error.retryAfterMs ?? 2_000 };
    }
  },
};
