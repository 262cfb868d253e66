import { printedCode, readVoucherCode } from '../../core/domain/portal/voucher-code.ts';
import { type PortalPages, page } from '../flow/answer.ts';
import { methodWords } from '../method-words.ts';
import { html } from '../pages/html.ts';
import { documentOf, type Foot } from '../pages/layout.ts';

/** Where the QR code of a printed voucher leads. */
export const VOUCHER_PATH = '/v';

/**
 * Shows the code of a voucher large, and where it is typed in. Whether there is such a voucher is not looked up: this
 * page stands open to everybody, and would be a place to guess.
 */
export function voucherLink(footOf: (otherLanguage: string) => Foot): PortalPages {
  return async ({ path, method, query, language }) => {
    if (path !== VOUCHER_PATH || method !== 'GET') return null;
    const { link, voucher } = methodWords(language);
    const read = readVoucherCode(query.get('c') ?? '');
    const digits = read.kind === 'code' ? read.digits : '';
    const body =
      read.kind === 'mistyped'
        ? html`<h1>${voucher.label}</h1><p>${voucher.mistyped}</p>`
        : html`<h1>${voucher.label}: ${printedCode(digits)}</h1><ol>${link.steps.map((step) => html`<li>${step}</li>`)}</ol>`;
    const foot = footOf(`${VOUCHER_PATH}?c=${digits}&l=${language === 'id' ? 'en' : 'id'}`);
    return page(200, documentOf({ language, title: voucher.label, body, foot }));
  };
}
