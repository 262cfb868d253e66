import { measured, type Quantity, STATE, type Value } from './values.ts';

/** Name and instance: `interface-eth0` is the plugin `interface` and its instance `eth0`. */
export function split(part: string): readonly [name: string, instance: string] {
  const at = part.indexOf('-');
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}

/** One value of collectd: where it stands, and what becomes of it. */
export type CollectdValue = {
  readonly plugin: string;
  readonly type: string;
  /** Name of the data source; empty where the type has one alone. */
  readonly source: string;
  readonly isCounter: boolean;
  /** A counter that collectd made into a rate. */
  readonly isRate: boolean;
};

const INTERFACE: Readonly<Record<string, readonly [rx: string, tx: string]>> = {
  if_octets: ['interface.ifHCInOctets', 'interface.ifHCOutOctets'],
  if_errors: ['interface.ifInErrors', 'interface.ifOutErrors'],
  if_dropped: ['interface.ifInDiscards', 'interface.ifOutDiscards'],
};
/** Telegraf's names for the three averages. */
const LOAD: Readonly<Record<string, string>> = {
  shortterm: 'system.load1',
  midterm: 'system.load5',
  longterm: 'system.load15',
};
const SENSOR: Readonly<Record<string, Quantity>> = {
  temperature: { group: 'sensor', class: 'temperature' },
  humidity: { group: 'sensor', class: 'humidity' },
  voltage: { group: 'sensor', class: 'voltage' },
  current: { group: 'sensor', class: 'current' },
  power: { group: 'sensor', class: 'power' },
  frequency: { group: 'sensor', class: 'frequency' },
  fanspeed: { group: 'sensor', class: 'fanspeed' },
  timeleft: { group: 'sensor', class: 'runtime', scale: 1 / 60 },
  signal_power: { group: 'wireless', class: 'rssi' },
  signal_noise: { group: 'wireless', class: 'noise-floor' },
  signal_quality: { group: 'wireless', class: 'quality' },
  bitrate: { group: 'wireless', class: 'rate' },
  // The type of OpenWrt's iwinfo plugin for who is connected.
  stations: { group: 'wireless', class: 'clients' },
  bool: STATE,
};

/** The reading that a value becomes; what has no name of ours keeps collectd's: `collectd.TYPE`. */
export function collectdQuantity(place: CollectdValue, value: number): Value {
  const { plugin, type, source, isCounter, isRate } = place;
  const [pluginName, pluginInstance] = split(plugin);
  const [typeName, typeInstance] = split(type);
  const path = `${plugin}/${type}${source === '' ? '' : `.${source}`}`;

  const port = pluginName === 'interface' && !isRate ? own(INTERFACE, typeName) : null;
  if (port !== null) {
    const metric = source === 'tx' ? port[1] : port[0];
    const unit = typeName === 'if_octets' ? 'B' : '';
    return { metric, instance: pluginInstance, kind: 'counter', value, label: pluginInstance, unit };
  }
  const load = typeName === 'load' ? own(LOAD, source) : null;
  if (load !== null) return { metric: load, instance: '', kind: 'gauge', value, label: load, unit: '' };
  const share = shareOf(pluginName, typeName, typeInstance);
  if (share !== null) return { ...measured(share, pluginInstance, value, path), label: path };
  const quantity = isCounter ? null : own(SENSOR, typeName);
  // Of a UPS the share that is left, of its load and of its battery.
  const percent = typeName === 'percent' ? percentOf(typeInstance) : null;
  if (percent !== null && pluginName === 'nut') return measured(percent, path, value, path);
  if (quantity !== null) return measured(quantity, instanceOf(place, path), value, path);
  return {
    metric: `collectd.${wordOf(typeName)}${isRate ? '_per_second' : ''}`,
    instance: path,
    kind: isCounter && !isRate ? 'counter' : 'gauge',
    value,
    label: path,
    unit: '',
  };
}

/** A Wi-Fi interface is known by its name; of anything else the whole place is. */
const instanceOf = ({ plugin }: CollectdValue, path: string): string => {
  const [name, instance] = split(plugin);
  return (name === 'iwinfo' || name === 'wireless') && instance !== '' ? instance : path;
};

function shareOf(plugin: string, type: string, instance: string): Quantity | null {
  const usage = (kind: string): Quantity => ({ group: 'usage', class: kind });
  if (plugin === 'cpu' && type === 'percent' && instance === 'active') return usage('processor');
  if (plugin === 'memory' && type === 'percent' && instance === 'used') return usage('memory');
  if (plugin === 'df' && type === 'percent_bytes' && instance === 'used') return usage('storage');
  return null;
}

function percentOf(instance: string): Quantity | null {
  if (instance === 'charge') return { group: 'sensor', class: 'charge' };
  return instance === 'load' ? { group: 'sensor', class: 'load' } : null;
}

const wordOf = (type: string): string => type.replace(/\W/g, '_').slice(0, 60);

function own<Item>(table: Readonly<Record<string, Item>>, key: string): Item | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
