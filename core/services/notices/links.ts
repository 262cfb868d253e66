import type { NoticeLinks } from './words.ts';

/** Links into the web and, where a village officer is told, those that need no account. */
export const noticeLinks = ({
  publicUrl,
  officer,
}: {
  /** Null: nobody has said where people reach the web. */
  readonly publicUrl: string | null;
  readonly officer: { readonly urlFor: NoticeLinks['officer'] };
}): NoticeLinks => ({
  incident: (incidentId) => (publicUrl === null ? null : `${publicUrl}/incidents/${incidentId}`),
  officer: (to) => officer.urlFor(to),
});
