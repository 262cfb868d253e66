import {
  AuthProtocols,
  createV3Session,
  type NetSnmpSession,
  type NetSnmpUser,
  type NetSnmpVarbind,
  PrivProtocols,
  RequestFailedError,
  RequestTimedOutError,
  ResponseInvalidError,
  SecurityLevel,
  Version3,
} from 'net-snmp';
import { BadReadingError } from '../../collector/snmp/bad-reading.ts';
import type { SnmpClient, SnmpClientOptions, SnmpTarget, UsmSecurity } from '../../collector/snmp/client.ts';
import type { Oid, SnmpValue, VarBind } from '../../collector/snmp/value.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import { repairDes } from './net-snmp-des.ts';
import { guardedDgram } from './net-snmp-guard.ts';

/** Encrypted answers carry some 100 octets more than plain ones. */
const OBJECTS_PER_GET = 36;
/** A session holds a socket and an agent's engine; the ones longest unused give way. */
const MAX_SESSIONS = 1_024;
/** A question may need three exchanges: find the engine, its clock, and the answer. */
const EXCHANGES = 3;
const FLAGS = { noAuthNoPriv: 0, authNoPriv: 1, authPriv: 3 } as const;
/** Codes of ResponseInvalidError. */
const COULD_NOT_DECRYPT = 4;
const AUTH_FAILURE = 5;
const UNEXPECTED_REPORT = 11;
/** error-status of RFC 3416. */
const TOO_BIG = 1;
const NO_ACCESS = 6;
const AUTHORIZATION_ERROR = 16;

type Entry = { readonly session: NetSnmpSession; readonly security: UsmSecurity; inFlight: number };

/** SNMPv3 by `net-snmp`, one session for each device: what our own client is held against. */
export function createNetSnmpClient({ count }: SnmpClientOptions): SnmpClient<UsmSecurity> {
  const entries = new Map<string, Entry>();
  repairDes();

  function open(target: SnmpTarget<UsmSecurity>): Entry {
    const { address, port, security, timeoutMs } = target;
    const session = createV3Session(address, userOf(security), {
      version: Version3,
      port,
      transport: address.includes(':') ? 'udp6' : 'udp4',
      timeout: timeoutMs,
      retries: 0,
      context: security.context,
      dgramModule: guardedDgram({ address, port, flags: FLAGS[security.level], count }),
    });
    session.on('error', () => count('unreadable'));
    return { session, security, inFlight: 0 };
  }

  function entryFor(target: SnmpTarget<UsmSecurity>): { entry: Entry; isFresh: boolean } {
    const key = keyOf(target);
    const known = entries.get(key);
    if (known !== undefined && known.security === target.security) {
      entries.delete(key);
      entries.set(key, known);
      return { entry: known, isFresh: false };
    }
    if (known !== undefined) drop(key, known);
    const entry = open(target);
    entries.set(key, entry);
    if (entries.size > MAX_SESSIONS) {
      for (const [oldKey, old] of entries) {
        if (old.inFlight > 0) continue;
        drop(oldKey, old);
        break;
      }
    }
    return { entry, isFresh: true };
  }

  function drop(key: string, entry: Entry): void {
    if (entries.get(key) === entry) entries.delete(key);
    try {
      entry.session.close();
    } catch {
      // Closed already.
    }
  }

  async function ask<Result>(
    target: SnmpTarget<UsmSecurity>,
    question: (session: NetSnmpSession, done: (error: Error | null, result?: Result) => void) => void,
  ): Promise<Result> {
    for (let left = target.retries; ; left--) {
      const { entry, isFresh } = entryFor(target);
      try {
        return await askOnce(entry, target.timeoutMs, question);
      } catch (error) {
        if (error instanceof RequestFailedError) throw failure(target, error);
        // The agent may have started again since: what is known of its engine no longer holds.
        drop(keyOf(target), entry);
        const isTimeout = error instanceof RequestTimedOutError;
        if (isTimeout ? left <= 0 : isFresh) throw counted(failure(target, error));
      }
    }
  }

  function counted(error: unknown): unknown {
    if (error instanceof BadReadingError) count(error.reason);
    return error;
  }

  async function getPart(
    target: SnmpTarget<UsmSecurity>,
    oids: readonly Oid[],
  ): Promise<readonly (SnmpValue | null)[]> {
    try {
      const varbinds = await ask<NetSnmpVarbind[]>(target, (session, done) => session.get(oids, done));
      if (varbinds.length !== oids.length) throw counted(new BadReadingError('wrong-oid'));
      return varbinds.map(({ type, value }) => toValue(type, value));
    } catch (error) {
      if (!(error instanceof BadReadingError) || error.reason !== 'too-big' || oids.length < 2) throw error;
      const half = Math.ceil(oids.length / 2);
      return [...(await getPart(target, oids.slice(0, half))), ...(await getPart(target, oids.slice(half)))];
    }
  }

  const get: SnmpClient<UsmSecurity>['get'] = async (target, oids) => {
    const values: (SnmpValue | null)[] = [];
    for (let at = 0; at < oids.length; at += OBJECTS_PER_GET)
      values.push(...(await getPart(target, oids.slice(at, at + OBJECTS_PER_GET))));
    return values;
  };
  return {
    get,
    read: (target, { oids }, slots, first, done) => {
      get(target, oids).then((values) => {
        for (const [place, value] of values.entries()) slots.setValue(first + place, value);
        done(null);
      }, done);
    },
    async next(target, oids, repetitions) {
      if (repetitions === 0) {
        const varbinds = await ask<NetSnmpVarbind[]>(target, (session, done) => session.getNext(oids, done));
        return varbinds.map(({ oid, type, value }) => ({ oid, value: toValue(type, value) }));
      }
      const columns = await ask<NetSnmpVarbind[][]>(target, (session, done) =>
        session.getBulk(oids, 0, repetitions, done),
      );
      const varBinds: VarBind[] = [];
      for (let row = 0; row < repetitions; row++) {
        for (const column of columns) {
          const varbind = column[row];
          if (varbind === undefined) return varBinds;
          varBinds.push({ oid: varbind.oid, value: toValue(varbind.type, varbind.value) });
        }
      }
      return varBinds;
    },
    async close() {
      for (const [key, entry] of [...entries]) drop(key, entry);
    },
  };
}

const keyOf = ({ address, port, security }: SnmpTarget<UsmSecurity>): string =>
  JSON.stringify([address, port, security.user, security.context, security.level]);

/** One question with a bound of its own: an answer that cannot be read would otherwise leave it open for ever. */
async function askOnce<Result>(
  entry: Entry,
  timeoutMs: number,
  question: (session: NetSnmpSession, done: (error: Error | null, result?: Result) => void) => void,
): Promise<Result> {
  entry.inFlight++;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      timer = setTimeout(() => reject(new RequestTimedOutError('no usable answer')), timeoutMs * EXCHANGES);
      question(entry.session, (error, result) => {
        if (error !== null && error !== undefined) reject(error);
        else if (result === undefined) reject(new BadReadingError('unreadable'));
        else resolve(result);
      });
    });
  } finally {
    clearTimeout(timer);
    entry.inFlight--;
  }
}

function failure({ address, port }: SnmpTarget, cause: unknown): ProbeError {
  const where = `${address}:${port}`;
  // The messages of net-snmp can hold digests; none of them is passed on.
  if (cause instanceof RequestTimedOutError) return new ProbeError('timeout', `${where} did not answer over SNMPv3`);
  if (
    cause instanceof ResponseInvalidError &&
    [COULD_NOT_DECRYPT, AUTH_FAILURE, UNEXPECTED_REPORT].includes(cause.code)
  )
    return new ProbeError('auth', `${where} does not accept the user, the keys or the protocols`);
  if (cause instanceof RequestFailedError) {
    if (cause.status === AUTHORIZATION_ERROR || cause.status === NO_ACCESS)
      return new ProbeError('auth', `${where} refuses access`);
    return new BadReadingError(cause.status === TOO_BIG ? 'too-big' : 'error-status');
  }
  if (cause instanceof ProbeError) return cause;
  if (cause instanceof ResponseInvalidError) return new BadReadingError('unreadable');
  if (cause instanceof Error && 'syscall' in cause)
    return new ProbeError('unreachable', `${where} cannot be reached`, { cause });
  return new BadReadingError('unreadable');
}

function userOf(security: UsmSecurity): NetSnmpUser {
  const base = { name: security.user, level: SecurityLevel[security.level] };
  if (security.level === 'noAuthNoPriv') return base;
  const auth = {
    ...base,
    authProtocol: protocol(AuthProtocols, security.authProtocol),
    authKey: security.authKey.reveal(),
  };
  if (security.level === 'authNoPriv') return auth;
  return { ...auth, privProtocol: protocol(PrivProtocols, security.privProtocol), privKey: security.privKey.reveal() };
}

function protocol(table: Readonly<Record<string, number>>, name: string): number {
  const id = table[name];
  if (id === undefined) throw new TypeError(`no such protocol: ${name}`);
  return id;
}

/** Values as net-snmp hands them on, by their BER tag. */
function toValue(type: number, value: unknown): SnmpValue | null {
  switch (type) {
    case 0x02:
      return { type: 'integer', value: whole(value) };
    case 0x04:
      return { type: 'octets', value: bytes(value) };
    case 0x06:
      return { type: 'oid', value: String(value) };
    case 0x40:
      return { type: 'address', value: String(value) };
    case 0x41:
      return { type: 'counter32', value: whole(value) };
    case 0x42:
      return { type: 'gauge32', value: whole(value) };
    case 0x43:
      return { type: 'timeticks', value: whole(value) };
    case 0x44:
      return typeof value === 'number' ? { type: 'float', value } : { type: 'opaque', value: bytes(value) };
    case 0x46:
      return { type: 'counter64', value: BigInt(`0x0${Buffer.from(bytes(value)).toString('hex')}`) };
    case 0x05:
    case 0x80:
    case 0x81:
    case 0x82:
      return null;
    default:
      throw new BadReadingError('wrong-type');
  }
}

function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new BadReadingError('wrong-type');
  return value;
}

function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new BadReadingError('wrong-type');
}
