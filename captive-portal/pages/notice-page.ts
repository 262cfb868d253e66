import { type Html, html, type Piece } from './html.ts';
import { documentOf, type Foot } from './layout.ts';
import type { Language } from './words.ts';

export type Notice = {
  readonly language: Language;
  readonly title: string;
  /** Sentences: what it means, what to do. */
  readonly texts: readonly (string | null)[];
  readonly link?: { readonly url: string; readonly text: string } | null;
  readonly foot: Foot;
  readonly extra?: Piece;
};

/** A page that says one thing, and the one thing to do about it. */
export const noticePage = ({ language, title, texts, link, foot, extra }: Notice): Html =>
  documentOf({
    language,
    title,
    foot,
    body: html`<h1>${title}</h1>${texts.map((text) => text !== null && html`<p>${text}</p>`)}${extra}${
      link && html`<a class="f" href="${link.url}">${link.text}</a>`
    }`,
  });
