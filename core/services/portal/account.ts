import { MINUTE, SECOND } from '../../domain/clock.ts';
import { holdsMac, macOf } from '../../domain/portal/mac.ts';
import type { SessionNews } from '../../stores/inventory/portal/session-records.ts';
import { LOGIN_ID } from './issue-login.ts';
import { deviceHash, type PortalParts } from './portal-parts.ts';
import { together } from './together.ts';

/** What a gateway tells of a session (RFC 2866), or of itself with `on` and `off`. */
export type AccountingRecord = {
  readonly gatewayId: string;
  readonly siteId: string;
  readonly status: 'start' | 'interim' | 'stop' | 'on' | 'off';
  readonly acctSessionId: string;
  readonly userName: string;
  /** Class attribute of its Access-Accept: the id of the login. */
  readonly classText: string | null;
  /** The device's address in any form. */
  readonly mac: string | null;
  readonly framedIp: string | null;
  /** When it happened, UTC ms. */
  readonly at: number;
  /** Of the session so far. */
  readonly seconds: number;
  /** From and to the citizen. */
  readonly upOctets: bigint;
  readonly downOctets: bigint;
  readonly cause: string | null;
};

const MOST_TOGETHER = 1_000;
/** Beyond it a gateway gets no answer and tells it again. */
const MOST_WAITING = 20_000;
/** A gateway's clock is no reason to believe in the future. */
const AHEAD_MS = 5 * SECOND;
const MOST_SECONDS = 10 * 366 * 86_400;
const MOST_OCTETS = BigInt(Number.MAX_SAFE_INTEGER) / 4n;
const MOST_TEXT = 200;
/** See `ANOTHER_AFTER` of the store: the same for records that come together. */
const ANOTHER_AFTER_MS = MINUTE;

const octets = (count: bigint): number => Number(count < 0n ? 0n : count > MOST_OCTETS ? MOST_OCTETS : count);

/** A record in the store's words: no MAC and no name in clear but in `contact`. */
function newsOf({ keys, clock }: Pick<PortalParts, 'keys' | 'clock'>, record: AccountingRecord): SessionNews {
  const { gatewayId, siteId, status, userName, classText, framedIp } = record;
  const mac = macOf(record.mac) ?? macOf(userName);
  const loginId = [userName, classText].find((text) => text !== null && LOGIN_ID.test(text)) ?? null;
  const id = record.acctSessionId.slice(0, MOST_TEXT);
  const now = clock();
  const updatedAt = Math.min(record.at, now + AHEAD_MS);
  const seconds = Math.min(Math.max(0, Math.floor(record.seconds)), MOST_SECONDS);
  const isOver = status === 'stop';
  return {
    gatewayId,
    siteId,
    // Some gateways make it of the device's address.
    acctSessionId: mac !== null && holdsMac(id, mac) ? `~${keys.hash('login', id)}` : id,
    userKey: loginId ?? `~${keys.hash('login', userName.slice(0, MOST_TEXT))}`,
    loginId,
    macHash: mac === null ? null : deviceHash(keys, mac),
    contact: isOver ? null : { userName: userName.slice(0, MOST_TEXT), framedIp, callingStationId: record.mac },
    startedAt: updatedAt - seconds * SECOND,
    updatedAt,
    endedAt: isOver ? updatedAt : null,
    endCause: isOver ? (record.cause ?? 'unknown').slice(0, 40) : null,
    seconds,
    upOctets: octets(record.upOctets),
    downOctets: octets(record.downOctets),
    started: status === 'start',
  };
}

/** Two news of one session as one; null where they are of two that have the same id. */
function joined(one: SessionNews, other: SessionNews): SessionNews | null {
  const [older, newer] = one.updatedAt <= other.updatedAt ? [one, other] : [other, one];
  const isLess =
    newer.seconds < older.seconds || newer.upOctets < older.upOctets || newer.downOctets < older.downOctets;
  if (isLess && newer.startedAt > older.updatedAt + ANOTHER_AFTER_MS) return null;
  const end = older.endedAt === null ? newer : older;
  return {
    ...newer,
    contact: end.endedAt === null ? newer.contact : null,
    startedAt: Math.min(one.startedAt, other.startedAt),
    endedAt: end.endedAt,
    endCause: end.endCause,
    seconds: Math.max(one.seconds, other.seconds),
    upOctets: Math.max(one.upOctets, other.upOctets),
    downOctets: Math.max(one.downOctets, other.downOctets),
    started: one.started || other.started,
  };
}

type Step = { readonly news: Map<string, SessionNews> } | { readonly gatewayId: string; readonly at: number };

/** What came together, in the order in which it came: each step is one transaction. */
function stepsOf(parts: Pick<PortalParts, 'keys' | 'clock'>, records: readonly AccountingRecord[]): readonly Step[] {
  const steps: Step[] = [];
  for (const record of records) {
    if (record.status === 'on' || record.status === 'off') {
      steps.push({ gatewayId: record.gatewayId, at: record.at });
      continue;
    }
    const news = newsOf(parts, record);
    const key = `${news.gatewayId} ${news.userKey} ${news.acctSessionId}`;
    const last = steps.at(-1);
    const before = last !== undefined && 'news' in last ? last.news.get(key) : undefined;
    const one = before === undefined ? news : joined(before, news);
    if (one !== null && last !== undefined && 'news' in last) last.news.set(key, one);
    else steps.push({ news: new Map([[key, news]]) });
  }
  return steps;
}

async function store(parts: PortalParts, records: readonly AccountingRecord[]): Promise<void> {
  const { sessions } = parts.inventory.portal;
  for (const step of stepsOf(parts, records)) {
    if ('news' in step) await sessions.write([...step.news.values()], parts.zone);
    else await sessions.endOfGateway(step.gatewayId, step.at);
  }
}

export type Accounting = {
  /**
   * Resolves once the record is stored.
   * @throws AppError `store-unavailable`: the gateway must tell it again
   */
  account(record: AccountingRecord): Promise<void>;
  /** Waits for all that was taken on. */
  drain(): Promise<void>;
};

/** Takes records on; those that come while others are being stored share the next transaction. */
export function accounting(parts: PortalParts): Accounting {
  const writer = together(
    async (records: readonly AccountingRecord[]) => {
      await store(parts, records);
      return records.map(() => undefined);
    },
    { most: MOST_TOGETHER, mostWaiting: MOST_WAITING },
  );
  return { account: (record) => writer.add(record), drain: writer.drain };
}

/** One record by itself; who takes many keeps an `accounting`. */
export const account = (parts: PortalParts, record: AccountingRecord): Promise<void> => store(parts, [record]);
