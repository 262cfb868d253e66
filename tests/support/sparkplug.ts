import { encodeBytes, encodeVarint } from '../../collector/mqtt/sparkplug/protobuf.ts';

/** A metric to be put into a Sparkplug B payload; `value` is its value's field, ready made. */
export type MadeMetric = {
  readonly name?: string;
  readonly alias?: number;
  readonly datatype?: number;
  readonly value?: Buffer;
  readonly unit?: string;
  readonly isHistorical?: boolean;
};

export const varintField = encodeVarint;
export const bytesField = encodeBytes;
export function fixed32Field(number: number, float: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = (number << 3) | 5;
  bytes.writeFloatLE(float, 1);
  return bytes;
}

export function payloadOf(seq: number | null, metrics: readonly MadeMetric[]): Buffer {
  return Buffer.concat([
    encodeVarint(1, 1_486_144_502_122n),
    ...metrics.map((metric) => encodeBytes(2, metricOf(metric))),
    ...(seq === null ? [] : [encodeVarint(3, BigInt(seq))]),
  ]);
}

function metricOf({ name, alias, datatype, value, unit, isHistorical }: MadeMetric): Buffer {
  return Buffer.concat([
    ...(name === undefined ? [] : [encodeBytes(1, Buffer.from(name))]),
    ...(alias === undefined ? [] : [encodeVarint(2, BigInt(alias))]),
    ...(datatype === undefined ? [] : [encodeVarint(4, BigInt(datatype))]),
    ...(isHistorical === true ? [encodeVarint(5, 1n)] : []),
    ...(unit === undefined ? [] : [encodeBytes(9, propertiesOf(unit))]),
    ...(value === undefined ? [] : [value]),
  ]);
}

/** A property set with `engUnit` alone. */
function propertiesOf(unit: string): Buffer {
  const value = Buffer.concat([encodeVarint(1, 12n), encodeBytes(8, Buffer.from(unit))]);
  return Buffer.concat([encodeBytes(1, Buffer.from('engUnit')), encodeBytes(2, value)]);
}
