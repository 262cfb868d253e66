import type { Format, FormatReader, Message, MessageFault, Outgoing, Said } from '../format.ts';
import { readPayload, rebirthCommand, type SparkplugMetric, type SparkplugPayload } from '../sparkplug/payload.ts';
import { ProtobufError } from '../sparkplug/protobuf.ts';
import { measured, otherValue, quantityOf, STATE, type Value } from '../values.ts';

const NAMESPACE = 'spBv1.0';
/** Names under which a node is steered and tells of itself. */
const OF_THE_NODE = /^(?:Node Control|Device Control|Node Info)\/|^bdSeq$/;
const IDENTITY: Readonly<Record<string, 'vendor' | 'model' | 'os' | 'version' | 'serial'>> = {
  'Properties/Hardware Make': 'vendor',
  'Properties/Hardware Model': 'model',
  'Properties/OS': 'os',
  'Properties/OS Version': 'version',
  'Properties/Serial Number': 'serial',
};

/** Names and aliases of a node and all its devices. */
const MAX_KNOWN = 10_000;
/** What a birth told of a metric; later messages need not say it again. */
type Known = Pick<SparkplugMetric, 'datatype' | 'unit'> & { readonly name: string };

/** `GROUP/NODE`, an edge node with all its devices, or `GROUP/NODE/DEVICE`, one of them. */
export const format: Format = {
  title: { id: 'Sparkplug B', en: 'Sparkplug B' },
  topicExample: 'Desa/kg-17/ups',
  topicPattern: /^[^/]+\/[^/]+(?:\/[^/]+)?$/,
  maxAgeS: 900,
  open: openReader,
};

function openReader(own: string): FormatReader {
  const [group = '', node = '', device] = own.split('/');
  const known = new Map<string, Known>();
  let bdSeq: bigint | null = null;
  let lastSeq: number | null = null;
  let isBorn = false;
  const topic = (type: string, ...rest: readonly string[]): string => [NAMESPACE, group, type, node, ...rest].join('/');

  /** Metrics of a device have names and aliases of their own beside those of the node. */
  const keyOf = (of: string, id: string | bigint): string => `${of}\u0000${typeof id}\u0000${id}`;

  function learn(of: string, metrics: readonly SparkplugMetric[]): void {
    for (const key of [...known.keys()]) if (key.startsWith(`${of}\u0000`)) known.delete(key);
    for (const { name, alias, datatype, unit } of metrics) {
      if (name === null || known.size >= MAX_KNOWN) continue;
      known.set(keyOf(of, name), { name, datatype, unit });
      if (alias !== null) known.set(keyOf(of, alias), { name, datatype, unit });
    }
  }

  function saidBy(of: string, metrics: readonly SparkplugMetric[], at: number): Said {
    const values: Value[] = [];
    const identity: Record<string, string> = {};
    const texts: Record<string, string> = {};
    let isUnknown = false;
    for (const metric of metrics) {
      const birth = known.get(keyOf(of, metric.alias ?? metric.name ?? ''));
      const name = metric.name ?? birth?.name;
      if (name === undefined) isUnknown = true;
      // What was measured while the line was down is of the past, and our samples are of now.
      if (name === undefined || metric.isHistorical || OF_THE_NODE.test(name)) continue;
      const value = retyped(metric, birth);
      const field = Object.hasOwn(IDENTITY, name) ? IDENTITY[name] : undefined;
      if (typeof value === 'string') {
        if (field === undefined) texts[pathOf(of, name)] = value.slice(0, 120);
        else identity[field] = value.slice(0, 120);
      } else if (value !== null)
        values.push(readingOf(pathOf(of, name), name, value, metric.unit || (birth?.unit ?? '')));
    }
    const said: Said = { values, identity, ...(Object.keys(texts).length === 0 ? {} : { texts }) };
    return isUnknown ? { ...said, send: [rebirth(at)] } : said;
  }

  const pathOf = (of: string, name: string): string => (device === undefined && of !== '' ? `${of}/${name}` : name);

  const rebirth = (at: number): Outgoing => ({ topic: topic('NCMD'), payload: rebirthCommand(at) });

  /** Whether messages of the node were lost on the way. Only who hears all of its messages can tell. */
  function hasGap(payload: SparkplugPayload): boolean {
    const { seq } = payload;
    if (seq === null || device !== undefined) return false;
    const expected = lastSeq === null ? null : (lastSeq + 1) % 256;
    // Some brokers hand on a message once for each filter that it fits.
    const isRepeated = seq === lastSeq;
    lastSeq = seq;
    return !isRepeated && expected !== null && seq !== expected;
  }

  function readType(type: string, from: string, { payload, at }: Message): Said {
    const message = readPayload(payload);
    const told = bdSeqIn(message.metrics);
    switch (type) {
      case 'NBIRTH':
        bdSeq = told;
        lastSeq = message.seq;
        isBorn = true;
        learn('', message.metrics);
        return device === undefined ? { ...saidBy('', message.metrics, at), life: 'online' } : { life: 'nothing' };
      case 'NDEATH':
        // The will of a connection before this one, which the broker noticed late.
        if (told !== null && bdSeq !== null && told !== bdSeq) return { life: 'nothing', fault: 'stale' };
        isBorn = false;
        lastSeq = null;
        return { life: 'offline' };
      case 'DBIRTH': {
        const gap = hasGap(message);
        learn(from, message.metrics);
        return withRebirth(
          { ...saidBy(from, message.metrics, at), ...(from === device ? { life: 'online' } : {}) },
          gap,
          at,
        );
      }
      case 'DDEATH':
        hasGap(message);
        return from === device ? { life: 'offline' } : {};
      case 'NDATA':
      case 'DDATA': {
        const gap = hasGap(message) || (device === undefined && !isBorn);
        const of = type === 'NDATA' ? '' : from;
        return withRebirth(saidBy(of, message.metrics, at), gap, at);
      }
      default:
        return { life: 'nothing' };
    }
  }

  const withRebirth = (said: Said, isNeeded: boolean, at: number): Said =>
    isNeeded && said.send === undefined ? { ...said, send: [rebirth(at)] } : said;

  return {
    ...(device === undefined
      ? {
          publishes: ['NBIRTH', 'NDEATH', 'NDATA']
            .map((type) => topic(type))
            .concat(['DBIRTH', 'DDEATH', 'DDATA'].map((type) => topic(type, '+'))),
          subscribes: [topic('NCMD'), topic('DCMD', '+'), `${NAMESPACE}/STATE/+`, 'STATE/+'],
        }
      : {
          publishes: ['DBIRTH', 'DDEATH', 'DDATA'].map((type) => topic(type, device)),
          subscribes: [topic('DCMD', device)],
          // The node's death is its devices' too.
          overhears: ['NBIRTH', 'NDEATH'].map((type) => topic(type)),
        }),
    read(message: Message): Said {
      const [, , type = '', , from = ''] = message.topic.split('/');
      try {
        return readType(type, from, message);
      } catch (error) {
        if (!(error instanceof ProtobufError)) throw error;
        const fault: MessageFault = 'bad-payload';
        return { fault, life: 'nothing' };
      }
    },
  };
}

function bdSeqIn(metrics: readonly SparkplugMetric[]): bigint | null {
  const value = metrics.find(({ name }) => name === 'bdSeq')?.value;
  return typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : null;
}

/** The bits of a number whose type only the birth told. */
function retyped({ value, datatype }: SparkplugMetric, birth: Known | undefined): number | boolean | string | null {
  const type = datatype === 0 ? (birth?.datatype ?? 0) : datatype;
  if (datatype === 0 && (typeof value === 'number' || typeof value === 'bigint') && Number.isInteger(Number(value))) {
    const bits = BigInt(value);
    const size = [0, 8, 16, 32, 64][type];
    if (size !== undefined && size > 0) return Number(BigInt.asIntN(size, bits));
  }
  return typeof value === 'bigint' ? Number(value) : value;
}

function readingOf(path: string, name: string, value: number | boolean, unit: string): Value {
  if (typeof value === 'boolean') return measured(STATE, path, Number(value), path);
  const quantity = quantityOf(name, unit);
  return quantity === null ? otherValue(path, value, unit) : measured(quantity, path, value, path);
}
