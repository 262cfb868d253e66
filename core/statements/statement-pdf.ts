import { setImmediate as breathe } from 'node:timers/promises';
import type { Statement, StatementLink } from '../contract/statements.ts';
import { evidenceText, figures, partyName } from './figures.ts';
import { barLegend, conditionBar } from './pdf-bar.ts';
import { type PdfColumn, type PdfSheet, pdfSheet } from './pdf-sheet.ts';
import type { StatementWords } from './words.ts';

type Figures = ReturnType<typeof figures>;
type Page = { readonly sheet: PdfSheet; readonly words: StatementWords; readonly show: Figures };

const MUTED = '#5d677b';
const MOST_NOTE = 600;

/** The statement on paper: a table of its links, then each link with its month, its sums and its evidence. */
export async function statementPdf(statement: Statement, words: StatementWords): Promise<Buffer> {
  const show = figures(words, statement.zone);
  const month = show.monthName(statement.month);
  const sheet = pdfSheet({
    title: `${words.title} – ${partyName(statement)} – ${month}`,
    madeAt: statement.asOf,
  });
  const page = { sheet, words, show };
  headOf(page, statement, month);
  await summaryOf(page, statement);
  sheet.gap(8);
  barLegend(sheet, (condition) => words.conditions[condition]);
  for (const link of statement.links) {
    await linkOf(page, link, statement);
    await breathe();
  }
  return await sheet.finish(words.page);
}

function headOf({ sheet, words, show }: Page, statement: Statement, month: string): void {
  const { party, zone, from, to, asOf, region, isFinal } = statement;
  sheet.heading(`${words.title} – ${month}`, 15);
  sheet.text(`${party.kind === 'provider' ? words.provider : words.agency}: ${partyName(statement)}`, { size: 11 });
  if (party.kind === 'provider') sheet.text(`${words.region}: ${region === '' ? words.everyRegion : region}`);
  sheet.text(`${words.period}: ${show.moment(from)} – ${show.moment(to)} ${zone}`);
  sheet.text(`${words.asOf}: ${show.moment(asOf)} ${zone}. ${isFinal ? words.final : words.provisional}`);
  sheet.text(words.rule, { color: MUTED, size: 7.5 });
  sheet.gap(6);
}

async function summaryOf({ sheet, words, show }: Page, { links, totals }: Statement): Promise<void> {
  const columns: readonly PdfColumn[] = [
    { title: words.code, width: 96 },
    { title: words.from, width: 118 },
    { title: words.mbps, width: 48, align: 'right' },
    { title: words.sla, width: 50, align: 'right' },
    { title: words.availability, width: 68, align: 'right' },
    { title: words.verdict, width: 80 },
    { title: words.p95, width: 72, align: 'right' },
    { title: words.secondsOf(words.down), width: 70, align: 'right' },
    { title: words.fee, width: 84, align: 'right' },
    { title: words.restitution, width: 84, align: 'right' },
  ];
  const rows = links.map((link) => [
    link.code,
    link.fromSite,
    link.contractMbps === null ? '–' : show.number(link.contractMbps),
    link.slaPercent === null ? '–' : show.number(link.slaPercent),
    show.percent(link.availabilityPercent),
    words.verdicts[link.verdict],
    show.share(link.p95?.share),
    show.whole(link.seconds.down),
    show.rupiahOrNone(link.feeRupiah),
    show.rupiahOrNone(link.restitutionRupiah),
  ]);
  await sheet.table(columns, rows, [
    words.total,
    `${links.length}`,
    '',
    '',
    show.percent(totals.availabilityPercent),
    `${totals.met} / ${totals.links}`,
    '',
    show.whole(totals.seconds.down),
    show.rupiah(totals.feeRupiah),
    show.rupiah(totals.restitutionRupiah),
  ]);
}

async function linkOf(page: Page, link: StatementLink, month: Statement): Promise<void> {
  const { sheet, words, show } = page;
  sheet.need(120);
  sheet.gap(10);
  sheet.heading(`${link.code} – ${link.name}`, 11);
  const { seconds } = link;
  const ends = [link.fromSite, ...(link.toSite === null ? [] : [link.toSite])].join(' – ');
  const contract = [
    ends,
    link.provider,
    link.contractMbps === null ? null : `${show.number(link.contractMbps)} ${words.mbps}`,
    link.slaPercent === null ? null : `${words.sla}: ${show.number(link.slaPercent)}`,
    `${show.moment(link.from)} – ${show.moment(link.to)}`,
  ];
  sheet.text(contract.filter((part) => part !== null).join(' · '), { color: MUTED });
  conditionBar(sheet, link.timeline, month, show.dayOfMonth);
  sheet.text(
    [
      `${words.availability}: ${show.percent(link.availabilityPercent)} (${words.verdicts[link.verdict]})`,
      ...(
        [
          [words.up, seconds.up],
          [words.degraded, seconds.degraded],
          [words.down, seconds.down],
          [words.unknown, seconds.unknown],
          ...(seconds.cutOff === 0 ? [] : [[words.cutOff, seconds.cutOff] as const]),
          [words.excluded, seconds.excluded],
        ] as const
      ).map(([name, count]) => `${name}: ${show.whole(count)} ${words.seconds} (${show.lasting(count)})`),
    ].join('   '),
  );
  sheet.text(`${words.restitution}: ${moneyText(page, link)}`);
  await outagesOf(page, link);
  await exclusionsOf(page, link);
}

function moneyText({ words, show }: Page, link: StatementLink): string {
  const { terms, feeRupiah, restitutionPercent, restitutionRupiah } = link;
  if (terms === null || feeRupiah === null || restitutionPercent === null || restitutionRupiah === null)
    return words.noTerms;
  const steps = terms.steps.map((step) =>
    words.steps(show.number(step.belowPercent), show.number(step.restitutionPercent)),
  );
  return [
    `${show.rupiah(feeRupiah)} × ${show.number(restitutionPercent)} % = ${show.rupiah(restitutionRupiah)}`,
    `${words.monthlyFee}: ${show.rupiah(terms.monthlyFeeRupiah)}`,
    ...steps,
    terms.powerCounts ? words.powerCounts : words.powerIsExcluded,
  ].join(' · ');
}

async function outagesOf({ sheet, words, show }: Page, { outages }: StatementLink): Promise<void> {
  if (outages.length === 0) {
    sheet.text(words.noOutages);
    return;
  }
  sheet.gap(4);
  await sheet.table(
    [
      { title: words.started, width: 110 },
      { title: words.ended, width: 110 },
      { title: words.lasted, width: 70, align: 'right' },
      { title: words.clock, width: 70, align: 'right' },
      { title: words.excluded, width: 80, align: 'right' },
      { title: words.counted, width: 84, align: 'right' },
      { title: words.evidence, width: 246, wraps: true },
    ],
    outages.map((outage) => [
      show.moment(outage.from),
      outage.isOpen ? words.open : show.moment(outage.to),
      show.whole(outage.seconds),
      show.lasting(outage.seconds),
      show.whole(outage.excludedS),
      show.whole(outage.countedS),
      evidenceText(words, outage),
    ]),
  );
}

/** A note may be longer than a page. */
const clipped = (text: string): string => (text.length > MOST_NOTE ? `${text.slice(0, MOST_NOTE)}…` : text);

async function exclusionsOf({ sheet, words, show }: Page, { exclusions }: StatementLink): Promise<void> {
  if (exclusions.length === 0) return;
  sheet.gap(4);
  sheet.text(words.exclusions);
  await sheet.table(
    [
      { title: words.started, width: 110 },
      { title: words.ended, width: 110 },
      { title: words.reason, width: 120 },
      { title: words.note, width: 250, wraps: true },
      { title: words.setBy, width: 180 },
    ],
    exclusions.map((exclusion) => [
      show.moment(exclusion.from),
      show.moment(exclusion.to),
      words.reasons[exclusion.reason],
      clipped(exclusion.note),
      `${exclusion.setBy}, ${show.moment(exclusion.setAt)}`,
    ]),
  );
}
