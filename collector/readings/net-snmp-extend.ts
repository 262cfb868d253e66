import type { Oid } from '../snmp/value.ts';

/*
 * NET-SNMP-EXTEND-MIB: what scripts on the device say, which its owner named in snmpd.conf (`extend NAME COMMAND`). The
 * index of a script is the length of its name and its letters.
 */

const NS_EXTEND: Oid = '1.3.6.1.4.1.8072.1.3.2';
/** nsExtendArgs: a script that only echoes a text has it here too. */
export const EXTEND_ARGS: Oid = `${NS_EXTEND}.2.1.3`;
/** nsExtendOutput1Line */
export const EXTEND_FIRST_LINE: Oid = `${NS_EXTEND}.3.1.1`;
/** nsExtendOutputFull */
export const EXTEND_OUTPUT: Oid = `${NS_EXTEND}.3.1.2`;

export const extendIndex = (name: string): string => [name.length, ...Buffer.from(name, 'latin1')].join('.');

/** Name of the script with this index; empty where it is none. */
export function extendName(index: string): string {
  const [length, ...letters] = index.split('.').map(Number);
  return length === letters.length ? String.fromCharCode(...letters) : '';
}

/**
 * Where the output of a script is that has a place of its own (`extend OID NAME COMMAND`): its first line, and the same as
 * the first of its lines.
 */
export const extendAt = (base: Oid, name: string): readonly { readonly oid: Oid }[] => [
  { oid: `${base}.3.1.1.${extendIndex(name)}` },
  { oid: `${base}.4.1.2.${extendIndex(name)}.1` },
];
