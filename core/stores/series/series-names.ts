import type { Sample } from '../../domain/sample.ts';
import type { SeriesKey } from './series-store.ts';

/** Number of a series in a `SeriesNames`: the same one for as long as that lives. */
export type SeriesHandle = number;

const FIRST_CAPACITY = 1_024;
/** Arrays grow by a share of themselves only: with millions of series what lies idle counts. */
const GROWTH = 1.25;
const MOST_FILLED = 0.75;
const NONE = -1;

/**
 * Numbers for series, so that a sample need not carry three texts on its way to the store. What a series is called is
 * kept in a few dozen octets: devices of one model share their metrics and instances.
 */
export class SeriesNames {
  readonly #devices = new Map<string, number>();
  readonly #deviceIds: string[] = [];
  /** Newest series of each device; the others hang on it. */
  #lastOf = new Int32Array(FIRST_CAPACITY);
  /** Metric and instance together. */
  readonly #columns = new Map<string, Map<string, number>>();
  readonly #metrics: string[] = [];
  readonly #instances: string[] = [];
  #deviceOf = new Int32Array(FIRST_CAPACITY);
  #columnOf = new Int32Array(FIRST_CAPACITY);
  #before = new Int32Array(FIRST_CAPACITY);
  #isCounter = new Uint8Array(FIRST_CAPACITY);
  /** Open addressing; NONE in what is free. */
  #table = new Int32Array(2 * FIRST_CAPACITY).fill(NONE);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Finds or makes the series; its kind is the one that was named last. */
  of(deviceId: string, metric: string, instance: string, kind: Sample['kind']): SeriesHandle {
    const device = this.#devices.get(deviceId) ?? this.#addDevice(deviceId);
    const column = this.#columns.get(metric)?.get(instance) ?? this.#addColumn(metric, instance);
    const place = this.#placeOf(device, column);
    const found = this.#table[place] ?? NONE;
    const handle = found === NONE ? this.#add(place, device, column) : found;
    this.#isCounter[handle] = kind === 'counter' ? 1 : 0;
    return handle;
  }

  /** Null where nobody asked for the series yet. */
  find(deviceId: string, metric: string, instance: string): SeriesHandle | null {
    const device = this.#devices.get(deviceId);
    const column = this.#columns.get(metric)?.get(instance);
    if (device === undefined || column === undefined) return null;
    const handle = this.#table[this.#placeOf(device, column)] ?? NONE;
    return handle === NONE ? null : handle;
  }

  /** Whether the handle is that of the series: cheaper than finding it. */
  is(handle: SeriesHandle, metric: string, instance: string): boolean {
    const column = this.#columnOf[handle] ?? NONE;
    return this.#metrics[column] === metric && this.#instances[column] === instance;
  }

  kindOf(handle: SeriesHandle): Sample['kind'] {
    return this.#isCounter[handle] === 1 ? 'counter' : 'gauge';
  }

  keyOf(handle: SeriesHandle): SeriesKey {
    // The arrays are longer than what they hold.
    const column = handle < this.#size ? (this.#columnOf[handle] ?? NONE) : NONE;
    const [deviceId, metric] = [this.#deviceIds[this.#deviceOf[handle] ?? NONE], this.#metrics[column]];
    const instance = this.#instances[column];
    if (deviceId === undefined || metric === undefined || instance === undefined)
      throw new RangeError(`no series has the number ${handle}`);
    return { deviceId, metric, instance };
  }

  /** Series of a device, the newest first. */
  *ofDevice(deviceId: string): Iterable<SeriesHandle> {
    const device = this.#devices.get(deviceId);
    if (device === undefined) return;
    for (let each = this.#lastOf[device] ?? NONE; each !== NONE; each = this.#before[each] ?? NONE) yield each;
  }

  #addDevice(deviceId: string): number {
    const device = this.#deviceIds.push(deviceId) - 1;
    this.#devices.set(deviceId, device);
    if (device >= this.#lastOf.length) this.#lastOf = grown(this.#lastOf, new Int32Array(larger(device)));
    this.#lastOf[device] = NONE;
    return device;
  }

  #addColumn(metric: string, instance: string): number {
    const instances = this.#columns.get(metric) ?? new Map<string, number>();
    this.#columns.set(metric, instances);
    const column = this.#metrics.push(metric) - 1;
    this.#instances.push(instance);
    instances.set(instance, column);
    return column;
  }

  #add(place: number, device: number, column: number): SeriesHandle {
    const handle = this.#size++;
    if (handle >= this.#deviceOf.length) {
      const capacity = larger(handle);
      this.#deviceOf = grown(this.#deviceOf, new Int32Array(capacity));
      this.#columnOf = grown(this.#columnOf, new Int32Array(capacity));
      this.#before = grown(this.#before, new Int32Array(capacity));
      this.#isCounter = grown(this.#isCounter, new Uint8Array(capacity));
    }
    this.#deviceOf[handle] = device;
    this.#columnOf[handle] = column;
    this.#before[handle] = this.#lastOf[device] ?? NONE;
    this.#lastOf[device] = handle;
    this.#table[place] = handle;
    if (this.#size > MOST_FILLED * this.#table.length) this.#rehash();
    return handle;
  }

  /** Where the series lies in the table, or the free place where it would. */
  #placeOf(device: number, column: number): number {
    const mask = this.#table.length - 1;
    for (let place = hashOf(device, column) & mask; ; place = (place + 1) & mask) {
      const each = this.#table[place] ?? NONE;
      if (each === NONE || (this.#deviceOf[each] === device && this.#columnOf[each] === column)) return place;
    }
  }

  #rehash(): void {
    this.#table = new Int32Array(2 * this.#table.length).fill(NONE);
    for (let handle = 0; handle < this.#size; handle++)
      this.#table[this.#placeOf(this.#deviceOf[handle] ?? NONE, this.#columnOf[handle] ?? NONE)] = handle;
  }
}

export const larger = (length: number): number => Math.ceil(length * GROWTH) + FIRST_CAPACITY;

export function grown<Column extends Int32Array | Uint8Array | Float64Array>(old: Column, wide: Column): Column {
  wide.set(old);
  return wide;
}

/** The multipliers are those of a mixer with good avalanche (MurmurHash3's finaliser). */
function hashOf(device: number, column: number): number {
  let hash = Math.imul(device + 1, 0x9e37_79b1) ^ Math.imul(column + 1, 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2_ae35);
  return hash ^ (hash >>> 13);
}
