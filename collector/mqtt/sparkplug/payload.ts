import { encodeBytes, encodeVarint, type Field, fieldsOf, ProtobufError } from './protobuf.ts';

/** A metric of a Sparkplug B payload (specification 3.0, 6.4). After its birth it may bear an alias alone. */
export type SparkplugMetric = {
  readonly name: string | null;
  readonly alias: bigint | null;
  /** Number of the data type; 0 where it is not told, as after a birth. */
  readonly datatype: number;
  readonly isHistorical: boolean;
  /** Null where the metric has no value now, or one of a kind that is not read: bytes, data sets, templates. */
  readonly value: number | bigint | boolean | string | null;
  /** Property `engUnit`. */
  readonly unit: string;
};

export type SparkplugPayload = {
  /** UTC ms, by the clock of the node. */
  readonly timestamp: number | null;
  readonly seq: number | null;
  readonly metrics: readonly SparkplugMetric[];
};

/** Numbers of data types that are read otherwise than as an unsigned number. */
const TYPE = {
  int8: 1,
  int16: 2,
  int32: 3,
  int64: 4,
  uint64: 8,
  boolean: 11,
  string: 12,
  dateTime: 13,
  text: 14,
} as const;
const MAX_METRICS = 2_000;
const MAX_TEXT = 1_000;

/** @throws ProtobufError for bytes that are no such payload */
export function readPayload(bytes: Buffer): SparkplugPayload {
  let timestamp: number | null = null;
  let seq: number | null = null;
  const metrics: SparkplugMetric[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) timestamp = Number(numberIn(field));
    else if (field.number === 3) seq = Number(numberIn(field));
    else if (field.number === 2) {
      if (metrics.length >= MAX_METRICS) throw new ProtobufError('too many metrics');
      metrics.push(readMetric(bytesIn(field)));
    }
  }
  return { timestamp, seq, metrics };
}

function readMetric(bytes: Buffer): SparkplugMetric {
  let name: string | null = null;
  let alias: bigint | null = null;
  let datatype = 0;
  let isHistorical = false;
  let isNull = false;
  let unit = '';
  let raw: Field | null = null;
  for (const field of fieldsOf(bytes)) {
    switch (field.number) {
      case 1:
        name = textIn(field);
        break;
      case 2:
        alias = numberIn(field);
        break;
      case 4:
        datatype = Number(BigInt.asUintN(32, numberIn(field)));
        break;
      case 5:
        isHistorical = numberIn(field) !== 0n;
        break;
      case 7:
        isNull = numberIn(field) !== 0n;
        break;
      case 9:
        unit = unitIn(bytesIn(field));
        break;
      default:
        // The value is a oneof: the last one stands.
        if (field.number >= 10 && field.number <= 19) raw = field;
    }
  }
  const value = isNull || raw === null ? null : valueIn(raw, datatype);
  return { name, alias, datatype, isHistorical, value, unit };
}

function valueIn(field: Field, datatype: number): SparkplugMetric['value'] {
  switch (field.number) {
    case 10:
      return Number(intOf(BigInt.asUintN(32, numberIn(field)), datatype));
    case 11: {
      const long = intOf(numberIn(field), datatype);
      return long >= Number.MIN_SAFE_INTEGER && long <= Number.MAX_SAFE_INTEGER ? Number(long) : long;
    }
    case 12:
      return shortest(fixed(field, 'fixed32').readFloatLE());
    case 13: {
      const double = fixed(field, 'fixed64').readDoubleLE();
      return Number.isFinite(double) ? double : null;
    }
    case 14:
      return numberIn(field) !== 0n;
    case 15:
      return textIn(field);
    default:
      return null;
  }
}

/** Signed types are sent as the unsigned number with the same bits; a metric without a type stays as it came. */
function intOf(bits: bigint, datatype: number): bigint {
  switch (datatype) {
    case TYPE.int8:
      return BigInt.asIntN(8, bits);
    case TYPE.int16:
      return BigInt.asIntN(16, bits);
    case TYPE.int32:
      return BigInt.asIntN(32, bits);
    case TYPE.int64:
      return BigInt.asIntN(64, bits);
    default:
      return bits;
  }
}

/** The shortest decimal number that a float of 32 bits stands for: 12.3 rather than 12.300000190734863. */
function shortest(float: number): number | null {
  if (!Number.isFinite(float)) return null;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return float;
}

function numberIn(field: Field): bigint {
  if (field.type !== 'varint') throw new ProtobufError('a number was expected');
  return field.value;
}

function bytesIn(field: Field): Buffer {
  if (field.type !== 'bytes') throw new ProtobufError('bytes were expected');
  return field.bytes;
}

function fixed(field: Field, type: 'fixed32' | 'fixed64'): Buffer {
  if (field.type !== type) throw new ProtobufError('a floating point number was expected');
  return field.bytes;
}

const textIn = (field: Field): string => bytesIn(field).subarray(0, MAX_TEXT).toString('utf8');

/** Property set: names in field 1, values in field 2, in the same order. */
function unitIn(bytes: Buffer): string {
  const names: string[] = [];
  const values: Buffer[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) names.push(textIn(field));
    else if (field.number === 2) values.push(bytesIn(field));
  }
  const value = values[names.findIndex((name) => name.toLowerCase() === 'engunit')];
  if (value === undefined) return '';
  for (const field of fieldsOf(value)) if (field.number === 8) return textIn(field).slice(0, 20);
  return '';
}

export const NODE_CONTROL_REBIRTH = 'Node Control/Rebirth';

/** Asks a node to be born anew: NCMD with `Node Control/Rebirth` = true. */
export function rebirthCommand(at: number): Buffer {
  const metric = Buffer.concat([
    encodeBytes(1, Buffer.from(NODE_CONTROL_REBIRTH)),
    encodeVarint(3, BigInt(at)),
    encodeVarint(4, BigInt(TYPE.boolean)),
    encodeVarint(14, 1n),
  ]);
  return Buffer.concat([encodeVarint(1, BigInt(at)), encodeBytes(2, metric)]);
}
