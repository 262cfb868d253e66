import type { Profile, TextReading, TextSource } from './profile.ts';
import type { System } from './readings/system.ts';
import { readObjects } from './snmp/objects.ts';
import { macOf, type Oid, type SnmpValue, textOf } from './snmp/value.ts';
import { type Walker, walkTables } from './snmp/walk.ts';

export type DeviceIdentity = {
  readonly vendor: string | null;
  readonly os: string | null;
  readonly model: string | null;
  readonly version: string | null;
  readonly name: string | null;
  readonly serial: string | null;
  readonly uptimeS: number | null;
  readonly profile: string;
};

/** Rows of a column that are looked at for a text about the device. */
const MOST_ROWS = 256;

type Texts = { readonly ofObject: ReadonlyMap<Oid, string>; readonly ofColumn: ReadonlyMap<Oid, readonly string[]> };

/** What a profile understands of who a device is. @throws ProbeError */
export async function readIdentity(
  walker: Walker,
  { identity }: Profile,
  profile: string,
  system: System,
): Promise<DeviceIdentity> {
  const texts = await readTexts(walker, Object.values(identity).flat().flatMap(partsOf));
  const find = (candidates: readonly TextSource[]): string | null => {
    for (const source of candidates) {
      const text = textFrom(source, system, texts);
      if (text !== '') return text;
    }
    return null;
  };
  return {
    vendor: find(identity.vendor),
    os: find(identity.os),
    model: find(identity.model),
    version: find(identity.version),
    name: system.sysName === '' ? null : system.sysName,
    serial: find(identity.serial),
    uptimeS: system.uptimeS === null ? null : Math.floor(system.uptimeS),
    profile,
  };
}

const partsOf = (source: TextSource): readonly TextSource[] =>
  'parts' in source ? source.parts.flatMap(partsOf) : [source];

async function readTexts(walker: Walker, sources: readonly TextSource[]): Promise<Texts> {
  const oids = sources.flatMap((source) => ('oid' in source ? [source.oid] : 'oids' in source ? source.oids : []));
  const columns = [...new Set(sources.flatMap((source) => ('column' in source ? [source.column] : [])))];
  const objects = await readObjects(walker, oids);
  const walked = await walkTables(
    walker,
    columns.map((column) => ({ columns: { text: column }, enough: MOST_ROWS })),
  );
  const ofColumn = columns.map((column, at): [Oid, readonly string[]] => [
    column,
    [...(walked[at]?.values() ?? [])].map((row) => shown(row['text'])),
  ]);
  return {
    ofObject: new Map([...objects].map(([oid, value]) => [oid, shown(value)])),
    ofColumn: new Map(ofColumn),
  };
}

/** Texts; hardware addresses, which some makes use as serial numbers, as they are written. */
function shown(value: SnmpValue | null | undefined): string {
  // A text may come with the end that C gives it.
  const isText = value?.type !== 'octets' || /^[ -~]*\0*$/.test(Buffer.from(value.value).toString('latin1'));
  return (isText ? null : macOf(value)) ?? textOf(value).trim();
}

function textFrom(source: TextSource, system: System, texts: Texts): string {
  const { ofObject, ofColumn } = texts;
  if ('parts' in source) {
    const found = source.parts.map((part) => textFrom(part, system, texts));
    return found.includes('') ? '' : found.join(source.join);
  }
  if ('from' in source) return readText(system[source.from], source);
  if ('oid' in source) return readText(ofObject.get(source.oid) ?? '', source);
  if ('oids' in source) {
    const [first = '', ...others] = source.oids.map((oid) => ofObject.get(oid) ?? '');
    return first === '' ? '' : readText([first, ...others.filter((text) => text !== '')].join(source.join), source);
  }
  if (!('column' in source)) return source.text;
  for (const each of ofColumn.get(source.column) ?? []) {
    const text = readText(each, source);
    if (text !== '') return text;
  }
  return '';
}

function readText(whole: string, { pattern, text, names }: TextReading): string {
  let found = whole;
  if (pattern !== undefined) {
    const match = pattern.exec(whole);
    if (match === null) return '';
    const first = match[1] ?? match[0];
    found = text === undefined ? first : text.replaceAll('$1', first).replaceAll('$2', match[2] ?? '');
  }
  found = found.trim();
  return names === undefined ? found : (names[found.toLowerCase()] ?? '');
}
