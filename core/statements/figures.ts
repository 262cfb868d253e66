import type { Statement, StatementOutage } from '../contract/statements.ts';
import type { Zone } from '../domain/zone.ts';
import { zoneByLabel } from '../domain/zone.ts';
import type { StatementWords } from './words.ts';

/**
 * Figures on paper. The words' own marks rather than those of the system's locales: the same statement must give the
 * same file on every machine.
 */
export function figures(words: StatementWords, label: Zone['label']) {
  const { offsetMs } = zoneByLabel(label);

  const whole = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, words.thousands);

  /** With as many decimals as are given, or as it has. */
  function number(value: number, decimals?: number): string {
    const [integer = '0', rest] = (decimals === undefined ? String(value) : value.toFixed(decimals)).split('.');
    return whole(Number(integer)) + (rest === undefined ? '' : words.decimal + rest);
  }

  const wall = (at: number): Date => new Date(at + offsetMs);
  const two = (value: number): string => String(value).padStart(2, '0');

  const day = (at: number): string => {
    const date = wall(at);
    return `${date.getUTCDate()} ${words.months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  };
  const time = (at: number): string => {
    const date = wall(at);
    return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(words.timeMark);
  };
  /** `03-10-2026 14.05.09` */
  const moment = (at: number): string => {
    const date = wall(at);
    return `${two(date.getUTCDate())}-${two(date.getUTCMonth() + 1)}-${date.getUTCFullYear()} ${time(at)}`;
  };

  return {
    whole,
    number,
    day,
    time,
    moment,
    /** Day of the month, from 1. */
    dayOfMonth: (at: number): number => wall(at).getUTCDate(),
    rupiah: (amount: number): string => `Rp${whole(amount)}`,
    rupiahOrNone: (amount: number | null): string => (amount === null ? '–' : `Rp${whole(amount)}`),
    percent: (value: number | null): string => (value === null ? '–' : number(value, 4)),
    share: (value: number | null | undefined): string => (value == null ? '–' : `${number(value * 100, 2)} %`),
    /** `26.41.07`: hours, minutes, seconds. */
    lasting: (seconds: number): string =>
      [whole(Math.floor(seconds / 3600)), two(Math.floor(seconds / 60) % 60), two(seconds % 60)].join(':'),
    monthName: (month: Statement['month']): string =>
      `${words.months[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}`,
  };
}

/** What was seen, in words: devices with their reasons, and incidents with their causes. */
export function evidenceText(
  words: StatementWords,
  { evidence, incidents }: Pick<StatementOutage, 'evidence' | 'incidents'>,
): string {
  const seen = evidence.map(({ device, reason }) =>
    reason === null ? device : `${device}: ${words.silences[reason] ?? reason}`,
  );
  const told = incidents.map(({ number, cause }) => words.incident(String(number), words.causes[cause]));
  return [...new Set([...seen, ...told])].join('; ');
}

export const partyName = ({ party }: Pick<Statement, 'party'>): string =>
  party.kind === 'provider' ? party.provider : party.name;
