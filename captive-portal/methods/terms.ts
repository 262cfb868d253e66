import { Type } from 'typebox';
import type { Method } from '../method.ts';
import { methodWords } from '../method-words.ts';
import { button } from '../ways/field.ts';
import { ReentryDays, reentryUntil } from '../ways/reentry.ts';

/** One button: whoever agrees is in. Quotas count by device. */
export const method: Method = {
  title: { id: 'Persetujuan ketentuan', en: 'Agreeing to the terms' },
  settings: Type.Object({ reentryDays: ReentryDays }, { additionalProperties: false }),
  secrets: [],
  form: ({ language }) => button(methodWords(language).agree),
  enter: async (entering, _form, { clock }) => ({
    kind: 'admitted',
    subjectHash: entering.macHash,
    reentryUntil: reentryUntil(entering, clock()),
  }),
};
