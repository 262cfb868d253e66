import { Secret } from '../core/config/secret.ts';
import type { OpenCredential } from '../core/stores/inventory/credentials.ts';
import type { SnmpClient } from './snmp/client.ts';
import { type SnmpValue, textOf, type VarBind } from './snmp/value.ts';

/** Told what a device says, word for word: the question, the name of a value, the value. */
export type HearRaw = (question: string, name: string, value: string) => void;

export type RawLine = { readonly question: string; readonly name: string; readonly value: string };
export type RawLog = { readonly hear: HearRaw; readonly lines: readonly RawLine[]; readonly isCut: boolean };

const MOST_LINES = 3_000;
const MOST_CHARS = 300_000;
const MOST_VALUE_CHARS = 500;
const MASK = '[secret]';

/** Objects that hold communities and keys: SNMP-COMMUNITY-MIB, SNMP-USER-BASED-SM-MIB, SNMP-TARGET-MIB. */
const SECRET_OBJECTS = ['1.3.6.1.6.3.18.', '1.3.6.1.6.3.15.1.2.', '1.3.6.1.6.3.12.'];
const SECRET_NAMES =
  /pass(word|phrase|wd)?$|secret|community|psk|(^|[-_.])key$|token|cookie|authorization|authenticate|^user$|user-?name|host-?name|phone|imsi|imei|iccid|^comment$|ssh/i;
/** The second half of a hardware address says whose it is; the first only who made it. */
const MAC = /\b([0-9a-f]{2}(?:[:-][0-9a-f]{2}){2})(?:[:-][0-9a-f]{2}){3}\b/gi;
/** A number of a phone, as subscribers' names often are. */
const PHONE = /(?:\+?62|\b0)8\d{7,11}\b/g;
/** Shorter ones stand in too many words. */
const LEAST_SECRET = 4;

/** Keeps what is heard, within bounds, and nothing of it that signs anybody in or tells who somebody is. */
export function createRawLog(credential: OpenCredential | null): RawLog {
  const secrets = Object.values(credential?.settings ?? {})
    .flatMap((value) => (value instanceof Secret ? [value.reveal()] : []))
    .filter(({ length }) => length >= LEAST_SECRET);
  const lines: RawLine[] = [];
  let chars = 0;
  let isCut = false;

  const masked = (text: string): string =>
    secrets
      .reduce((left, secret) => left.replaceAll(secret, MASK), text)
      .replace(MAC, '$1:··:··:··')
      .replace(PHONE, MASK);

  return {
    hear(question, name, value) {
      if (lines.length >= MOST_LINES || chars > MOST_CHARS) {
        isCut = true;
        return;
      }
      const isSecret = SECRET_NAMES.test(name) || SECRET_OBJECTS.some((object) => name.startsWith(object));
      const shown = isSecret && value !== '' ? MASK : masked(value.slice(0, MOST_VALUE_CHARS));
      const line = { question: masked(question), name: masked(name.slice(0, MOST_VALUE_CHARS)), value: shown };
      chars += line.question.length + line.name.length + line.value.length;
      lines.push(line);
    },
    lines,
    get isCut() {
      return isCut;
    },
  };
}

/** A client whose answers are overheard. */
export function overheard(client: SnmpClient, hear: HearRaw): SnmpClient {
  const tell = (question: string, binds: readonly VarBind[]): void => {
    for (const { oid, value } of binds) hear(question, oid, shownValue(value));
  };
  return {
    async get(target, oids) {
      const values = await client.get(target, oids);
      const binds = oids.map((oid, at) => ({ oid, value: values[at] ?? null }));
      tell('GET', binds);
      return values;
    },
    async next(target, oids, repetitions) {
      const binds = await client.next(target, oids, repetitions);
      tell(repetitions === 0 ? 'GETNEXT' : 'GETBULK', binds);
      return binds;
    },
    read: (...question) => client.read(...question),
    close: () => client.close(),
  };
}

/** Its type and what it says; octets that are no text in hexadecimal. */
function shownValue(value: SnmpValue | null): string {
  if (value === null) return '–';
  if (value.type !== 'octets' && value.type !== 'opaque') return `${value.type} ${String(value.value)}`;
  const { value: bytes } = value;
  const isText = bytes.every((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32);
  if (isText) return `${value.type} "${textOf(value)}"`;
  return `${value.type} ${Buffer.from(bytes)
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1:')}`;
}
