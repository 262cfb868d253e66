import type { PortalSite } from '../../core/contract/portal/site.ts';
import type { Refusal } from '../../core/domain/portal/grant.ts';
import { termsParts } from '../../core/domain/portal/terms-text.ts';
import { type Html, html, type Piece, trusted } from './html.ts';
import { documentOf, type Foot } from './layout.ts';
import { type Language, refusalText, wordsOf } from './words.ts';

/** One way in with its part of the page, as the method made it. */
export type ShownWay = { readonly id: string; readonly title: string; readonly form: Html };

export type LoginPage = {
  readonly language: Language;
  readonly place: string;
  /** Beside the place's name, where that says not which of its sites it is. */
  readonly siteName: string | null;
  readonly site: Pick<PortalSite, 'announcement' | 'surveyQuestion' | 'logoSvg' | 'familyDns' | 'news'>;
  /** The exact text that is agreed to. */
  readonly termsText: string;
  readonly ways: readonly ShownWay[];
  /** The way whose form stands open. */
  readonly openWay: string | null;
  /** Sealed; the same in each form. */
  readonly state: string;
  readonly action: string;
  /** What the page says above the forms. */
  readonly notice: { readonly text: string; readonly isError: boolean } | null;
  readonly closesAt: number | null;
  readonly form: URLSearchParams;
  readonly foot: Foot;
};

/** Where the next page's form brings it back. */
export const FIELD = { state: 's', method: 'm', language: 'l', news: 'news', survey: 'survey' } as const;
export const MOST_SURVEY = 200;

/** Everything about the place, its terms and the ways in, on one page that fits a telephone. */
export function loginPage(shown: LoginPage): Html {
  const { language, place, siteName, site, termsText, ways, openWay, notice, closesAt, foot } = shown;
  const t = wordsOf(language);
  const { summary, paragraphs } = termsParts(termsText);
  const first = ways.find(({ id }) => id === openWay) ?? ways[0];
  const others = ways.filter((way) => way !== first);
  const body = html`${logo(site.logoSvg)}<h1>${t.freeWifi(place)}</h1>${
    siteName !== null && html`<p class="q">${siteName}</p>`
  }${notice !== null && html`<p class="${notice.isError ? 'e' : 'n'}" role="${notice.isError ? 'alert' : 'status'}">${notice.text}</p>`}${
    site.announcement !== '' &&
    html`<p class="n">${site.announcement.split('\n').map((line, index) => [index > 0 && trusted('<br>'), line])}</p>`
  }<div id="terms">${t.terms}<ul>${summary.map((line) => html`<li>${line}</li>`)}</ul></div>${
    paragraphs.length > 0 &&
    html`<details><summary>${t.allTerms}</summary>${paragraphs.map((text) => html`<p class="q">${text}</p>`)}</details>`
  }${first && form(shown, first)}${others.map(
    (way) =>
      html`<details class="w"><summary>${t.otherWay(lowerFirst(way.title))}</summary>${form(shown, way)}</details>`,
  )}${
    (closesAt !== null || site.familyDns !== '') &&
    html`<p class="q">${closesAt !== null && t.openUntil(closesAt)} ${site.familyDns !== '' && t.familyDns(site.familyDns)}</p>`
  }`;
  return documentOf({ language, title: t.freeWifi(place), body, foot });
}

/** Checked when it was stored. Inline it needs no namespace. */
const logo = (svg: string): Piece => svg !== '' && trusted(svg.replace(/\sxmlns=(?:"[^"]*"|'[^']*')/, ''));

function form({ language, site, state, action, form: filled }: LoginPage, way: ShownWay): Html {
  const t = wordsOf(language);
  return html`<form method="post" action="${action}" aria-describedby="terms"><input type="hidden" name="${FIELD.state}" value="${state}"><input type="hidden" name="${FIELD.method}" value="${way.id}">${
    language === 'en' && html`<input type="hidden" name="${FIELD.language}" value="en">`
  }${
    site.surveyQuestion !== '' &&
    html`<label>${t.survey(site.surveyQuestion)}<input name="${FIELD.survey}" maxlength="${MOST_SURVEY}" autocomplete="off" value="${filled.get(FIELD.survey) ?? ''}"></label>`
  }${
    site.news &&
    html`<label><input type="checkbox" name="${FIELD.news}" value="1"${filled.get(FIELD.news) === '1' && trusted(' checked')}>${t.news}</label>`
  }${way.form}</form>`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export const refusalNotice = (
  language: Language,
  refusal: Refusal,
  detail: Parameters<typeof refusalText>[2] = {},
): LoginPage['notice'] => ({ text: refusalText(language, refusal, detail), isError: true });
