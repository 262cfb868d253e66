import { stringify } from 'csv-stringify/sync';
import type { Statement, StatementLink } from '../contract/statements.ts';
import { EXCLUSION_REASONS } from '../domain/availability.ts';
import { wallTime, zoneByLabel } from '../domain/zone.ts';
import { guarded } from '../inventory-files/guarded-text.ts';
import { evidenceText } from './figures.ts';
import type { StatementWords } from './words.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** Text stays text in a spreadsheet, numbers stay as they are: a point before decimals, no marks between thousands. */
type Cell = string | number | null;
type Column<Row> = readonly [title: string, of: (row: Row) => Cell];

const csv = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Buffer => {
  const cellText = (cell: Cell): string =>
    typeof cell === 'string' ? guarded(cell) : cell === null ? '' : String(cell);
  const records = rows.map((row) => columns.map(([, of]) => cellText(of(row))));
  const text = stringify([columns.map(([title]) => title), ...records], { record_delimiter: 'windows' });
  return Buffer.from(BYTE_ORDER_MARK + text);
};

/** A row a link. */
export function linksCsv(statement: Statement, words: StatementWords): Buffer {
  const zone = zoneByLabel(statement.zone);
  const { secondsOf, rupiahOf } = words;
  const columns: readonly Column<StatementLink>[] = [
    [words.code, ({ code }) => code],
    [words.name, ({ name }) => name],
    [words.provider, ({ provider }) => provider],
    [words.from, ({ fromSite }) => fromSite],
    [words.to, ({ toSite }) => toSite],
    [words.medium, ({ medium }) => medium],
    [words.mbps, ({ contractMbps }) => contractMbps],
    [words.started, ({ from }) => wallTime(from, zone)],
    [words.ended, ({ to }) => wallTime(to, zone)],
    [words.sla, ({ slaPercent }) => slaPercent],
    [words.availability, ({ availabilityPercent }) => availabilityPercent],
    [words.verdict, ({ verdict }) => words.verdicts[verdict]],
    [secondsOf(words.up), ({ seconds }) => seconds.up],
    [secondsOf(words.degraded), ({ seconds }) => seconds.degraded],
    [secondsOf(words.down), ({ seconds }) => seconds.down],
    [secondsOf(words.unknown), ({ seconds }) => seconds.unknown],
    [secondsOf(words.cutOff), ({ seconds }) => seconds.cutOff],
    [secondsOf(words.excluded), ({ seconds }) => seconds.excluded],
    ...EXCLUSION_REASONS.map(
      (reason): Column<StatementLink> => [
        secondsOf(words.conditions[reason]),
        ({ seconds }) => seconds.excludedBy[reason],
      ],
    ),
    [words.p95In, ({ p95 }) => p95?.inBps ?? null],
    [words.p95Out, ({ p95 }) => p95?.outBps ?? null],
    [words.p95Share, ({ p95 }) => (p95?.share == null ? null : Number((p95.share * 100).toFixed(2)))],
    [words.outages, ({ outages }) => outages.length],
    [rupiahOf(words.fee), ({ feeRupiah }) => feeRupiah],
    [words.restitutionPercent, ({ restitutionPercent }) => restitutionPercent],
    [rupiahOf(words.restitution), ({ restitutionRupiah }) => restitutionRupiah],
  ];
  return csv(columns, statement.links);
}

/** A row an outage. */
export function outagesCsv(statement: Statement, words: StatementWords): Buffer {
  const zone = zoneByLabel(statement.zone);
  const rows = statement.links.flatMap((link) => link.outages.map((outage) => ({ link, outage })));
  const columns: readonly Column<(typeof rows)[number]>[] = [
    [words.code, ({ link }) => link.code],
    [words.name, ({ link }) => link.name],
    [words.started, ({ outage }) => wallTime(outage.from, zone)],
    [words.ended, ({ outage }) => (outage.isOpen ? null : wallTime(outage.to, zone))],
    [words.lasted, ({ outage }) => outage.seconds],
    [words.secondsOf(words.excluded), ({ outage }) => outage.excludedS],
    [words.counted, ({ outage }) => outage.countedS],
    [words.evidence, ({ outage }) => evidenceText(words, outage)],
  ];
  return csv(columns, rows);
}
