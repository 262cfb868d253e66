import { noticePage } from '../pages/notice-page.ts';
import { type Language, wordsOf } from '../pages/words.ts';
import { type Answer, page } from './answer.ts';
import { type Flow, footOf } from './context.ts';

/** A page that says what is wrong with a request, or with us. */
export function said(flow: Flow, status: number, what: 'notFound' | 'badRequest' | 'busy', language: Language): Answer {
  const t = wordsOf(language)[what];
  const document = noticePage({
    language,
    title: t.title,
    texts: [t.text],
    link: what === 'notFound' ? { url: '/', text: wordsOf(language).landing.title } : null,
    foot: footOf(flow, null, null),
  });
  return status >= 500 ? { kind: 'page', status, page: document, retryAfterS: 60 } : page(status, document);
}
