import { describe, expect, test } from 'vitest';
import type { Statement, StatementLink } from '../../../core/contract/statements.ts';
import { NO_TIME } from '../../../core/domain/availability.ts';
import { HOUR, SECOND } from '../../../core/domain/clock.ts';
import { monthPeriod, zoneOf } from '../../../core/domain/zone.ts';
import { statementFile } from '../../../core/services/statement-file.ts';
import { figures } from '../../../core/statements/figures.ts';
import { STATEMENT_WORDS } from '../../../core/statements/words.ts';
import { pdfText } from '../../support/pdf.ts';

const month = monthPeriod('2026-10', zoneOf('16'));
const uuid = '00000000-0000-4000-8000-000000000001';

function linkOf(changes: Partial<StatementLink> = {}): StatementLink {
  const seconds = { ...NO_TIME, up: 31 * 86_400 - 60, down: 60 };
  return {
    linkId: uuid,
    code: 'L-1',
    name: 'Dinas – Pusat Data',
    medium: 'fibre',
    provider: 'ISP',
    fromSite: 'Dinas',
    toSite: null,
    contractMbps: 12.5,
    slaPercent: 99.5,
    ...month,
    seconds,
    availabilityPercent: 99.9977,
    verdict: 'met',
    p95: null,
    timeline: [{ ...month, condition: 'up' }],
    outages: [],
    exclusions: [],
    terms: null,
    feeRupiah: null,
    restitutionPercent: null,
    restitutionRupiah: null,
    ...changes,
  };
}

function statementOf(
  links: StatementLink[],
  party: Statement['party'] = { kind: 'provider', provider: 'ISP' },
): Statement {
  return {
    party,
    month: '2026-10',
    zone: 'WIB',
    ...month,
    isFinal: true,
    asOf: month.to + HOUR,
    region: '',
    links,
    totals: {
      links: links.length,
      met: links.length,
      missed: 0,
      notJudged: 0,
      seconds: NO_TIME,
      availabilityPercent: 99.9977,
      feeRupiah: 987_654_321_000,
      restitutionRupiah: 123_456_789_000,
    },
  };
}

const pdfOf = async (statement: Statement): Promise<string> =>
  await pdfText((await statementFile(statement, { format: 'pdf' })).bytes);

const outage = (index: number): StatementLink['outages'][number] => ({
  from: month.from + index * HOUR,
  to: month.from + index * HOUR + 61 * SECOND,
  isOpen: false,
  seconds: 61,
  excludedS: 0,
  countedS: 61,
  evidence: [{ device: `Router ${index}`, reason: 'timeout', from: month.from, to: month.to }],
  incidents: [],
});

describe('a statement on paper', () => {
  test('lists every outage over as many pages as it takes, each under the head of the table', async () => {
    const outages = Array.from({ length: 200 }, (_, index) => outage(index));

    const text = await pdfOf(statementOf([linkOf({ outages })]));

    const pages = text.split('\f').filter((page) => page.trim() !== '');
    expect(pages.length).toBeGreaterThan(4);
    for (let index = 0; index < 200; index++) expect(text).toContain(`Router ${index}: tidak menjawab`);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Halaman ${index + 1} dari ${pages.length}`);
      if (page.includes('Router')) expect(page).toContain('Dihitung (detik)');
    }
  });

  test('cuts no amount of money, however large', async () => {
    const text = await pdfOf(statementOf([linkOf({ feeRupiah: 98_765_432_100, restitutionRupiah: 12_345_678_900 })]));

    for (const amount of ['Rp98.765.432.100', 'Rp12.345.678.900', 'Rp987.654.321.000', 'Rp123.456.789.000']) {
      expect(text).toContain(amount);
    }
  });

  test('takes names and notes in any script and of any length', async () => {
    const long = 'W'.repeat(2_000);
    const exclusions = [
      { ...month, reason: 'power' as const, note: long, setBy: 'Ирина', setAt: month.from },
      { ...month, reason: 'other' as const, note: '', setBy: '', setAt: month.from },
    ];
    const name = 'قرية 村 🛰 Désa\u0000\nBaru';

    const text = await pdfOf(
      statementOf([linkOf({ name, exclusions, code: long })], { kind: 'agency', siteId: uuid, name }),
    );

    expect(text).toContain('Désa');
    expect(text).toContain('padam listrik');
    expect(text).toContain('lain-lain');
  });

  test('says that there is nothing to say of a month without links', async () => {
    expect(await pdfOf(statementOf([]))).toContain('Halaman 1 dari 1');
  });
});

describe('the name of the file', () => {
  test.each([
    ['ISP', '2026-10-isp.pdf'],
    ['PT. Télékom/"Indonesia"\r\n', '2026-10-pt-telekom-indonesia.pdf'],
    ['村', '2026-10.pdf'],
  ])('of %j is safe in a header: %s', async (provider, expected) => {
    const { fileName } = await statementFile(statementOf([], { kind: 'provider', provider }), { format: 'pdf' });

    expect(fileName).toBe(expected);
  });
});

test('figures have the marks of their language, and the zone of their province', () => {
  const id = figures(STATEMENT_WORDS.id, 'WITA');
  const en = figures(STATEMENT_WORDS.en, 'WIT');

  expect([id.whole(1_234_567), id.number(1234.5), id.percent(99.5), id.percent(null)]).toEqual([
    '1.234.567',
    '1.234,5',
    '99,5000',
    '–',
  ]);
  expect([en.whole(1_234_567), en.number(1234.5), en.rupiah(0)]).toEqual(['1,234,567', '1,234.5', 'Rp0']);
  expect(id.moment(Date.UTC(2026, 9, 31, 16, 0, 59))).toBe('01-11-2026 00.00.59');
  expect(en.moment(Date.UTC(2026, 9, 31, 16))).toBe('01-11-2026 01:00:00');
  expect([id.lasting(3_661), id.lasting(0), id.lasting(360_000)]).toEqual(['1:01:01', '0:00:00', '100:00:00']);
  expect(id.monthName('2026-10')).toBe('Oktober 2026');
});
