/**
 * How a value is written: `text` UTF-8, `octets` any, `integer` unsigned in 32 bits, `address` IPv4, `time` seconds
 * since the epoch in 32 bits, `secret` octets that are shown to nobody.
 */
export type ValueType = 'text' | 'octets' | 'integer' | 'address' | 'time' | 'secret';

/** Number, name and type of an attribute; of an integer the names of its values. */
export type Entry = readonly [number: number, name: string, type: ValueType, values?: Readonly<Record<number, string>>];

/** Attributes of one vendor (SMI number), or of the standard. */
export type Vocabulary = { readonly vendor: number | null; readonly entries: readonly Entry[] };
