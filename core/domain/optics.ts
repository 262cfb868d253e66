/** Lines of an optical power in dBm: beyond the outer ones a link is not sure to work, beyond the inner ones it is near to that. */
export type OpticalLimits = {
  readonly low?: number;
  readonly lowWarning?: number;
  readonly highWarning?: number;
  readonly high?: number;
};

export type OpticalSide = 'rx' | 'tx';
/** What a kind of optics must bear, as its standard has it. */
export type OpticsClass = { readonly name: string } & Readonly<Record<OpticalSide, { low: number; high: number }>>;

/**
 * Average power at the transmitter and the receiver in dBm. Links between places are single-mode: of each speed the
 * 10 km kind, which most modules keep or surpass. IEEE 802.3 clauses 58 (100BASE-LX10), 59 (1000BASE-LX10, and BX10 the
 * same), 52 (10GBASE-LR) and 114 (25GBASE-LR).
 */
const BY_SPEED: readonly (OpticsClass & { readonly bps: number })[] = [
  { name: '100BASE-LX10', bps: 1e8, rx: { low: -25, high: -8 }, tx: { low: -15, high: -8 } },
  { name: '1000BASE-LX10', bps: 1e9, rx: { low: -19.5, high: -3 }, tx: { low: -9, high: -3 } },
  { name: '10GBASE-LR', bps: 1e10, rx: { low: -14.4, high: 0.5 }, tx: { low: -8.2, high: 0.5 } },
  { name: '25GBASE-LR', bps: 2.5e10, rx: { low: -13.3, high: 2 }, tx: { low: -7, high: 2 } },
];
/**
 * ITU-T G.984.2 Amendments 1 and 2. A subscriber's terminal of class B+; and a port of which only that much is known that
 * it belongs to a PON, with what either end of class B+ or the head end of C+ must bear.
 */
const TERMINAL: OpticsClass = { name: 'GPON B+', rx: { low: -27, high: -8 }, tx: { low: 0.5, high: 5 } };
const PASSIVE: OpticsClass = { name: 'GPON', rx: { low: -28, high: -8 }, tx: { low: 0.5, high: 7 } };
const IS_TERMINAL = /\bon[tu](?![a-z])/i;
const IS_PASSIVE = /\b(?:xgs?-?|[gex])?pon(?![a-z])/i;

/**
 * The kind of optics that a port has most likely; null where its speed says nothing.
 * @param names what the port and its readings are called
 */
export function opticsClassOf(speedBps: number | null, names: readonly string[]): OpticsClass | null {
  if (names.some((name) => IS_TERMINAL.test(name))) return TERMINAL;
  if (names.some((name) => IS_PASSIVE.test(name))) return PASSIVE;
  return BY_SPEED.find(({ bps }) => bps === speedBps) ?? null;
}

/** Where a device says nothing of a line of warning it lies so far inside: half of what designs leave for age and repairs. */
export const MARGIN_DB = 2;
/** No light at all: what diagnostics can tell ends here (0.1 µW, SFF-8472). */
const DARKNESS_DBM = -40;
/** No laser of an access network is stronger. */
const BRIGHTEST_DBM = 15;

export type KnownLimits = Required<{ readonly [Limit in keyof OpticalLimits]: number | null }> & {
  /** Whose lines these are; null where they are the device's own. */
  readonly standard: string | null;
};

/** The lines that count: the device's own where they make sense, else those of the kind of optics. */
export function limitsOf(
  told: OpticalLimits | undefined,
  optics: OpticsClass | null,
  side: OpticalSide,
): KnownLimits | null {
  const own = sensible(told);
  const kind = optics?.[side] ?? null;
  if (own === null) {
    if (optics === null || kind === null) return null;
    const { low, high } = kind;
    // Too much light does not come by and by: there is nothing to be warned of.
    return { low, lowWarning: low + MARGIN_DB, highWarning: null, high, standard: optics.name };
  }
  const { low = null, lowWarning = null, highWarning = null, high = null } = own;
  return {
    low: low ?? (kind !== null && lowWarning !== null && kind.low < lowWarning ? kind.low : null),
    lowWarning: lowWarning ?? (low === null ? null : low + MARGIN_DB),
    highWarning,
    high: high ?? (kind !== null && highWarning !== null && kind.high > highWarning ? kind.high : null),
    standard: null,
  };
}

/** Modules that were never told their limits hold zeros, darkness, or lines that cross. */
function sensible(told: OpticalLimits | undefined): OpticalLimits | null {
  if (told === undefined) return null;
  const { low, lowWarning, highWarning, high } = told;
  const lines = [low, lowWarning, highWarning, high].filter((line) => line !== undefined);
  const rises = lines.every((line, at) => at === 0 || line >= (lines[at - 1] ?? line));
  const bounds = [low ?? lowWarning, high ?? highWarning];
  if (lines.length === 0 || !rises || !lines.every(isPower)) return null;
  return bounds[0] !== undefined && bounds[0] === bounds[1] ? null : told;
}

const isPower = (dbm: number): boolean => dbm > DARKNESS_DBM && dbm < BRIGHTEST_DBM;

export const OPTICAL_POWER = 'sensor.dbm';
const VOLTAGE = 'sensor.voltage';
const CURRENT = 'sensor.current';
/** What must be known of a device to find the light of its ports. */
export const OPTICAL_METRICS = [OPTICAL_POWER, VOLTAGE, CURRENT] as const;

/** A device's reading under the name it gives it. */
export type NamedReading = {
  readonly metric: string;
  readonly instance: string;
  readonly label: string;
  readonly value: number;
  readonly limits?: OpticalLimits;
};
/** `index` is its ifIndex. */
export type NamedPort = { readonly index: number; readonly name: string };
export type PortOptics = Readonly<Record<OpticalSide, NamedReading | null>>;

/**
 * The light that a port receives and sends. Makes number their modules by the port, by the entity, or in a way of their
 * own: the port's name in the reading's label counts most, then its number. Of a module with several lanes the weakest
 * counts.
 * @param port null where nobody said which port it is: a device's only module is taken
 * @param ports of the device
 */
export function opticsOf(
  port: NamedPort | null,
  ports: readonly NamedPort[],
  readings: readonly NamedReading[],
): PortOptics {
  const lights = readings.flatMap((reading) => {
    const side = reading.metric === OPTICAL_POWER ? sideOf(reading) : null;
    return side !== null && hasModule(reading, readings) ? [{ side, reading, row: rowOf(reading.instance) }] : [];
  });
  const nameless = lights.filter(({ reading }) => !ports.some(({ name }) => names(reading.label, name)));
  const isOnly = (['rx', 'tx'] as const).every(
    (side) => new Set(lights.filter((light) => light.side === side).map(({ row }) => row)).size <= 1,
  );
  const ways = [
    port === null ? [] : lights.filter(({ reading }) => names(reading.label, port.name)),
    port === null ? [] : nameless.filter(({ row }) => row === String(port.index)),
    isOnly && (port === null || nameless.length === lights.length) ? lights : [],
  ];
  const weakest = (wanted: OpticalSide): NamedReading | null =>
    (ways.map((way) => way.filter(({ side }) => side === wanted)).find((found) => found.length > 0) ?? [])
      .map(({ reading }) => reading)
      .reduce<NamedReading | null>((least, one) => (least === null || one.value < least.value ? one : least), null);
  return { rx: weakest('rx'), tx: weakest('tx') };
}

/** Light that a far terminal sends is the terminal's own affair. */
const FAR_SIDE = /rxAtOlt|at the OLT/i;

function sideOf({ instance, label }: NamedReading): OpticalSide | null {
  if (FAR_SIDE.test(instance) || FAR_SIDE.test(label)) return null;
  const words = instance.toLowerCase().split(/[.-]/);
  for (const side of ['rx', 'tx'] as const) if (words.includes(side)) return side;
  if (/\b(?:rx|recv|receiv\w*|input)\b/i.test(label)) return 'rx';
  return /\b(?:tx|transmit\w*|output|launch\w*)\b/i.test(label) ? 'tx' : null;
}

/** What remains of `optical.rx.9` or `9.rx` is the row of the device's table. */
const rowOf = (instance: string): string =>
  instance
    .split('.')
    .filter((part) => /^\d+$/.test(part))
    .join('.');

const wordsOf = (instance: string): string =>
  instance
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .join('.');
const OF_A_MODULE = /^(?:optical|sfp|transceiver|(?:.*-)?(?:voltage|bias))$/;

/** A cage without a module tells darkness, or nought beside a supply or a bias of nought. */
function hasModule({ instance, value }: NamedReading, readings: readonly NamedReading[]): boolean {
  if (!isPower(value)) return false;
  const row = rowOf(instance);
  const beside = (wanted: string): number | undefined =>
    readings.find(
      (other) => other.metric === wanted && rowOf(other.instance) === row && OF_A_MODULE.test(wordsOf(other.instance)),
    )?.value;
  if (beside(VOLTAGE) === 0) return false;
  return value !== 0 || (beside(CURRENT) ?? 0) > 0;
}

/** Whether a label holds a port's name as a word of its own; what follows a colon is a terminal behind the port. */
function names(label: string, port: string): boolean {
  const [text, name] = [label.toLowerCase(), port.toLowerCase()];
  if (name === '') return false;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text.slice(at + name.length);
    if (/[\s("']/.test(before) && /^(?:$|[\s),"';]|:(?:\s|$))/.test(after)) return true;
  }
  return false;
}
