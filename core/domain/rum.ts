/** What is measured of a screen: `ready` = from the tap to the screen with its figures; the rest are web vitals. */
export const RUM_VITALS = ['ready', 'lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const;
export type RumVital = (typeof RUM_VITALS)[number];
export const RUM_CONNECTIONS = ['4g', '3g', '2g', 'slow-2g', 'unknown'] as const;
export type RumConnection = (typeof RUM_CONNECTIONS)[number];

/** Upper ends of the buckets, in ms; of `cls`, which has no unit, in thousandths. The last bucket has no end. */
const MS_ENDS = [50, 100, 200, 300, 500, 800, 1_200, 1_800, 2_500, 4_000, 6_000, 10_000, 20_000] as const;
const CLS_ENDS = [10, 25, 50, 100, 150, 250, 500, 1_000] as const;
const endsOf = (vital: RumVital): readonly number[] => (vital === 'cls' ? CLS_ENDS : MS_ENDS);

/** Good and poor by web.dev's thresholds for the 75th percentile; a screen's figures are held to those of LCP. */
export const RUM_LIMITS: Readonly<Record<RumVital, { readonly good: number; readonly poor: number }>> = {
  ready: { good: 2_500, poor: 4_000 },
  lcp: { good: 2_500, poor: 4_000 },
  inp: { good: 200, poor: 500 },
  cls: { good: 0.1, poor: 0.25 },
  fcp: { good: 1_800, poor: 3_000 },
  ttfb: { good: 800, poor: 1_800 },
};

export function bucketOf(vital: RumVital, value: number): number {
  const scaled = vital === 'cls' ? value * 1_000 : value;
  const at = endsOf(vital).findIndex((end) => scaled <= end);
  return at === -1 ? endsOf(vital).length : at;
}

/** The value below which three quarters lie, by its place in its bucket; null for none. @param counts by bucket */
export function p75Of(vital: RumVital, counts: ReadonlyMap<number, number>): number | null {
  const ends = endsOf(vital);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = total * 0.75;
  for (let bucket = 0; bucket <= ends.length; bucket += 1) {
    const count = counts.get(bucket) ?? 0;
    if (count >= left) {
      const from = ends[bucket - 1] ?? 0;
      const to = ends[bucket] ?? from * 2;
      const value = from + (to - from) * (left / count);
      return vital === 'cls' ? Math.round(value) / 1_000 : Math.round(value);
    }
    left -= count;
  }
  return null;
}

export type RumReport = {
  readonly route: string;
  readonly connection: RumConnection;
  readonly browser: string;
  readonly vitals: readonly { readonly vital: RumVital; readonly value: number; readonly bucket: number }[];
  /** Fingerprint-ready: without numbers, ids and addresses. */
  readonly errors: readonly string[];
};

/** A screen's address with its parameters' names; nothing else is taken for one. */
const ROUTE = /^\/(?:[a-z$][A-Za-z-]{0,30}(?:\/[a-z$][A-Za-z-]{0,30}){0,4})?$/;
const MOST_ITEMS = 50;
const MOST_MS = 300_000;
const BROWSER = /^(Chrome|Firefox|Safari|Edge|Opera|Samsung Internet|Mobile Safari|Mobile Chrome)$/;

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.slice(0, MOST_ITEMS).map(fieldsOf) : [];
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * What is kept of a body that Faro's web SDK sends (`meta`, `measurements`, `exceptions`); everything else in it is
 * passed over, and values that make no sense are left out.
 */
export function readFaro(body: unknown): RumReport {
  const { meta, measurements, exceptions } = fieldsOf(body);
  const about = fieldsOf(meta);
  const name = textOf(fieldsOf(about['view'])['name']);
  const taken = listOf(measurements);
  const thrown = listOf(exceptions);
  const context = [...taken, ...thrown].map((item) => textOf(fieldsOf(item['context'])['connection']));
  const family = textOf(fieldsOf(about['browser'])['name']);
  const vitals = taken.flatMap(({ values }) => {
    const all = fieldsOf(values);
    return RUM_VITALS.flatMap((vital) => {
      const value = all[vital];
      const isSane = typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= MOST_MS;
      return isSane ? [{ vital, value, bucket: bucketOf(vital, value) }] : [];
    });
  });
  return {
    route: ROUTE.test(name) && name.length <= 80 ? name : 'other',
    connection: RUM_CONNECTIONS.find((known) => context.includes(known)) ?? 'unknown',
    browser: BROWSER.test(family) ? family : 'other',
    vitals,
    errors: thrown.map((error) => scrubbed(`${textOf(error['type'])}: ${textOf(error['value'])}`)),
  };
}

const MOST_SAMPLE = 160;

/** A message without what could name a person or a thing: addresses, quoted text, mail, codes, and every figure. */
export function scrubbed(message: string): string {
  return message
    .slice(0, 2_000)
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '<url>')
    .replace(/\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b/gi, '<mac>')
    .replace(/\S+@\S+/g, '<mail>')
    .replace(/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g, '<text>')
    .replace(/\/[\w$.~%-]+(?:\/[\w$.~%-]*)+(?:\?\S*)?/g, '<path>')
    .replace(/\b(?=[\w-]*\d)[\w-]{6,}\b/g, '<id>')
    .replace(/\d+(?:[.:,-]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_SAMPLE);
}

/** FNV-1a, 32 bits: tells one scrubbed message from the next. */
export function fingerprintOf(sample: string): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < sample.length; place += 1) {
    hash = Math.imul(hash ^ sample.charCodeAt(place), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}
