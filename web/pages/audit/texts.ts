import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { type AuditDictionary, id } from './words/id.ts';

/** Texts of the change history, with those of the whole web. */
export const useAuditTexts = textsBeside('a', { id, en });

/** `PATCH /api/v1/sites/:siteId` as people say it; what is not known stands as it is. */
export function actionText(action: string, kind: string | null, a: AuditDictionary): string {
  const [method = '', url] = action.split(' ');
  if (url === undefined) return a.codes[action] ?? action;
  const last = url.split('/').at(-1) ?? '';
  const isDeed = method === 'POST' && last in a.verbs;
  const verb = isDeed ? last : method === 'POST' ? 'create' : method === 'DELETE' ? 'remove' : 'change';
  const thing = kind === null ? undefined : a.kinds[kind];
  return thing === undefined ? `${a.verbs[verb]} · ${kind ?? url}` : `${a.verbs[verb]} ${thing}`;
}
