import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { voucherLink } from '../../captive-portal/voucher-link/voucher-link.ts';
import { newVoucherCode, printedCode } from '../../core/domain/portal/voucher-code.ts';

const pages = voucherLink((otherLanguage) => ({ province: null, helpPhone: null, otherLanguage }));

async function shown(query: string, path = '/v', language: 'id' | 'en' = 'id'): Promise<string | null> {
  const asked = { method: 'GET', path, rawQuery: query, userAgent: '', language } as const;
  const answer = await pages({ ...asked, query: new URLSearchParams(query), form: new URLSearchParams() });
  return answer?.kind === 'page' ? answer.page.markup : null;
}

test('the QR code of a voucher shows its code large and where to type it', async () => {
  const code = newVoucherCode(randomInt);

  expect(await shown(`c=${code}`)).toContain(`<h1>Kode voucher: ${printedCode(code)}</h1>`);
  expect(await shown(`c=${code}`, '/v', 'en')).toContain('Choose to enter with a voucher');
  expect(await shown(`c=${code}`, '/w')).toBeNull();
});

test.each(['', 'c=1234567890', 'c=%3Cscript%3E', `c=${'9'.repeat(5_000)}`])(
  'nonsense is shown nowhere: %s',
  async (query) => {
    const page = (await shown(query)) ?? '';

    expect(page).toContain('Angka kodenya ada yang keliru');
    expect(page).not.toMatch(/<script|1234567890|99999/);
  },
);
