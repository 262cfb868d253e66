import type { Cause, Root } from './incident.ts';
import type { OfficerAnswer } from './officer.ts';

/** What speaks for or against a cause. Each has one figure, in the unit that its name says. */
export const EVIDENCE = {
  /** Minutes that a device had run when it was read after its recovery: it had started anew. */
  restarted: 'min',
  /** Minutes it had run: longer than it was away. */
  'kept-running': 'min',
  /** Mains of the site: volts where they are measured, else 0 and 1. */
  'mains-off': 'V',
  'mains-on': 'V',
  /** Minutes that a UPS of the site had lived on its battery. */
  'on-battery': 'min',
  /** How many other devices of the village or site fell within minutes. */
  'neighbours-down': 'devices',
  /** How many of the same site answered on. */
  'neighbours-up': 'devices',
  /** dB that the light or radio signal had fallen by before. */
  'signal-fell': 'dB',
  /** How many sites behind one device fell within a minute. */
  'sites-together': 'sites',
  /** How many devices hang on the one that is down. */
  'cuts-off': 'devices',
  /** The device answers, what it should offer does not. 1. */
  'service-dead': 'count',
  /** Share of the devices that could not be seen when it began, in percent. */
  'collector-blind': '%',
  /** Minutes of the outages that lie in a maintenance window, in percent. */
  'in-maintenance': '%',
  /** What the officer of the village saw at the place itself. 1 each. */
  'officer-lamp-on': 'count',
  'officer-lamp-off': 'count',
  'officer-plugged-in': 'count',
  'officer-unplugged': 'count',
  'officer-no-power-in-village': 'count',
  /** How many people reported the Wi-Fi of the place on the citizens' page, from shortly before it began. */
  'citizens-reported': 'people',
} as const;
export type EvidenceKind = keyof typeof EVIDENCE;

export type Evidence = {
  readonly kind: EvidenceKind;
  readonly figure: number;
  /** When that was seen. */
  readonly at: number;
  /** Device, site, maintenance window or village (by its code) that it is of; null where it is of all. */
  readonly of: string | null;
};

export type Verdict = {
  readonly cause: Cause;
  /** 0 to 1. */
  readonly confidence: number;
  /** What speaks most for it first. */
  readonly evidence: readonly Evidence[];
};

type Believed = Exclude<Cause, 'unknown'>;
type Weights = Readonly<Partial<Record<Believed, number>>>;
type Weight = { readonly supports: Weights; readonly opposes: Weights };

/**
 * How strongly each kind of evidence speaks, 0 to 1: what it says alone. Independent pieces add up as chances do, and
 * what speaks against takes its share away.
 */
const WEIGHTS: Readonly<Record<EvidenceKind, Weight>> = {
  restarted: { supports: { power: 0.6, device: 0.3 }, opposes: { uplink: 0.6, 'shared-segment': 0.4 } },
  'kept-running': { supports: { uplink: 0.6 }, opposes: { power: 0.95, device: 0.5 } },
  'mains-off': { supports: { power: 0.85 }, opposes: { device: 0.5 } },
  'mains-on': { supports: {}, opposes: { power: 0.85 } },
  'on-battery': { supports: { power: 0.75 }, opposes: {} },
  'neighbours-down': { supports: { power: 0.45, uplink: 0.25 }, opposes: { device: 0.7 } },
  'neighbours-up': { supports: { device: 0.65 }, opposes: { power: 0.75, uplink: 0.6 } },
  'signal-fell': { supports: { uplink: 0.75 }, opposes: { power: 0.4, device: 0.4 } },
  'sites-together': { supports: { 'shared-segment': 0.7 }, opposes: { device: 0.6, power: 0.3 } },
  'cuts-off': { supports: { uplink: 0.3, power: 0.15 }, opposes: {} },
  'service-dead': { supports: { device: 0.85 }, opposes: { power: 0.95, uplink: 0.95, 'shared-segment': 0.9 } },
  'collector-blind': {
    supports: { 'collector-blind': 0.95 },
    opposes: { power: 0.8, uplink: 0.5, device: 0.9, 'shared-segment': 0.7 },
  },
  'in-maintenance': {
    supports: { planned: 0.97 },
    opposes: { power: 0.7, uplink: 0.7, device: 0.7, 'shared-segment': 0.7 },
  },
  // People at the place see what no probe can, and mistake one box for another now and then: strong, never certain.
  // A lit lamp is power at the device itself; what is wrong lies behind it or in it.
  'officer-lamp-on': { supports: { uplink: 0.35, device: 0.25, 'shared-segment': 0.15 }, opposes: { power: 0.9 } },
  // Dark is without power, or a power supply that died. A line that breaks leaves the lamp lit.
  'officer-lamp-off': {
    supports: { power: 0.55, device: 0.25 },
    opposes: { uplink: 0.75, 'shared-segment': 0.7 },
  },
  // Alone it says little: the socket itself may be dead. Beside a dark lamp it points at the power supply.
  'officer-plugged-in': { supports: { device: 0.3 }, opposes: { power: 0.25 } },
  'officer-unplugged': { supports: { power: 0.85 }, opposes: { device: 0.6, uplink: 0.7, 'shared-segment': 0.6 } },
  // Whoever stands in the dark knows it. The line may have lost its own power elsewhere, so it is not ruled out.
  'officer-no-power-in-village': {
    supports: { power: 0.9 },
    opposes: { device: 0.7, uplink: 0.5, 'shared-segment': 0.4 },
  },
  // It says that people feel it, and nothing of why.
  'citizens-reported': { supports: {}, opposes: {} },
};
const BELIEVED: readonly Believed[] = ['planned', 'collector-blind', 'power', 'shared-segment', 'uplink', 'device'];
/** Less than this is no more than a guess. */
const LEAST = 0.2;

/** What a figure is worth: little of it says little. Full weight from `full` on. */
const FULL: Readonly<Partial<Record<EvidenceKind, number>>> = {
  'collector-blind': 50,
  'in-maintenance': 95,
  'signal-fell': 3,
};

function strength({ kind, figure }: Evidence): number {
  const full = FULL[kind];
  return full === undefined ? 1 : Math.min(1, Math.max(0, figure) / full);
}

/** Several pieces of one kind are not independent of each other: the strongest counts. */
function strongestOfEach(evidence: readonly Evidence[]): readonly Evidence[] {
  const strongest = new Map<EvidenceKind, Evidence>();
  for (const item of evidence) {
    const known = strongest.get(item.kind);
    if (known === undefined || strength(item) > strength(known)) strongest.set(item.kind, item);
  }
  return [...strongest.values()];
}

function belief(cause: Believed, evidence: readonly Evidence[]): number {
  let doubt = 1;
  let left = 1;
  for (const item of evidence) {
    const { supports, opposes } = WEIGHTS[item.kind];
    doubt *= 1 - (supports[cause] ?? 0) * strength(item);
    left *= 1 - (opposes[cause] ?? 0) * strength(item);
  }
  return (1 - doubt) * left;
}

/** No evidence makes it certain. */
const MOST = 0.99;
const oddsOf = (chance: number): number => Math.min(chance, MOST) / (1 - Math.min(chance, MOST));

/**
 * The cause that the evidence speaks for. The causes exclude each other, and none of them may be it: its confidence is
 * its share of the odds of all, one to one being that of none.
 */
export function judge(evidence: readonly Evidence[]): Verdict {
  const counted = strongestOfEach(evidence);
  const beliefs = BELIEVED.map((cause) => ({ cause, belief: belief(cause, counted) }));
  const [best] = beliefs.toSorted((a, b) => b.belief - a.belief);
  if (best === undefined || best.belief < LEAST) return { cause: 'unknown', confidence: 0, evidence };
  const all = beliefs.reduce((sum, { belief: chance }) => sum + oddsOf(chance), 1);
  const confidence = oddsOf(best.belief) / all;
  const speaksFor = (item: Evidence): number => (WEIGHTS[item.kind].supports[best.cause] ?? 0) * strength(item);
  const sorted = evidence.toSorted((a, b) => speaksFor(b) - speaksFor(a) || a.at - b.at);
  return { cause: best.cause, confidence: Math.round(confidence * 100) / 100, evidence: sorted };
}

/** What is known around an incident; moments in UTC ms. */
export type Circumstances = {
  readonly root: Root;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Sites that fell within a minute behind one device, in an incident of that kind. */
  readonly sitesTogether: number;
  /** Devices that hang on the root, all ways cut. */
  readonly devicesCutOff: number;
  /** Devices that fell, with how long they had run when they were read after they were back. */
  readonly uptimes: readonly { readonly deviceId: string; readonly uptimeMs: number; readonly readAt: number }[];
  /** The last that was heard of the mains at the sites; `volts` null where only on and off are told. */
  readonly mains: readonly {
    readonly deviceId: string;
    readonly isOn: boolean;
    readonly volts: number | null;
    readonly at: number;
  }[];
  readonly batteries: readonly { readonly deviceId: string; readonly minutes: number; readonly at: number }[];
  /** Other devices of the root's village that fell within minutes, and of its very site that answered on. */
  readonly neighboursDown: number;
  readonly neighboursUp: number;
  /** Signals of the root's links: usual and last before it fell, dB or dBm. */
  readonly signals: readonly {
    readonly deviceId: string;
    readonly usual: number;
    readonly last: number;
    readonly at: number;
  }[];
  /** Why the root counts as down, in the word of its probe. */
  readonly reason: string | null;
  /** Share of all devices that were unseen when it began, 0 to 1. */
  readonly shareUnseen: number;
  readonly maintenance: { readonly windowId: string; readonly share: number } | null;
  /** The last answer to each question from the villages where the root stands. */
  readonly officers: readonly OfficerAnswer[];
  /** What citizens at the sites that the root took down reported; `of` is the code of their village. */
  readonly citizens: readonly { readonly of: string; readonly people: number; readonly at: number }[];
};

/** Down for these reasons, the device itself did answer: it refuses, or answers what it should not. */
const SERVICE_REASONS: ReadonlySet<string> = new Set([
  'refused',
  'auth',
  'bad-answer',
  'no-picture',
  'needs-password',
  'certificate-invalid',
]);
/** A signal wavers by less from one hour to the next. */
const SIGNAL_FELL_DB = 2;
/** With half of its devices unseen, a collector sees nothing rather than little. */
const UNSEEN_SHARE = 0.2;
const MINUTE_MS = 60_000;
/** Clocks of devices count whole seconds, and start some of them late. */
const BOOT_SLACK_MS = 2_000;

/** Turns what is known into evidence. Pure: the same circumstances always give the same. */
export function evidenceOf(known: Circumstances): readonly Evidence[] {
  const { startedAt, endedAt, root } = known;
  const found: Evidence[] = [];
  const add = (kind: EvidenceKind, figure: number, at: number, of: string | null = null): void => {
    found.push({ kind, figure: Math.round(figure * 10) / 10, at, of });
  };
  if (known.maintenance !== null && known.maintenance.share > 0) {
    add('in-maintenance', known.maintenance.share * 100, startedAt, known.maintenance.windowId);
  }
  if (known.shareUnseen >= UNSEEN_SHARE) add('collector-blind', known.shareUnseen * 100, startedAt);
  if (known.reason !== null && SERVICE_REASONS.has(known.reason)) add('service-dead', 1, startedAt, root.deviceId);
  for (const { deviceId, uptimeMs, readAt } of known.uptimes) {
    const didStart = readAt - uptimeMs >= startedAt - BOOT_SLACK_MS;
    add(didStart ? 'restarted' : 'kept-running', uptimeMs / MINUTE_MS, readAt, deviceId);
  }
  for (const { deviceId, isOn, volts, at } of known.mains) {
    // What was heard after it was over says nothing of what was.
    if (endedAt === null || at <= endedAt) add(isOn ? 'mains-on' : 'mains-off', volts ?? Number(isOn), at, deviceId);
  }
  for (const { deviceId, minutes, at } of known.batteries) {
    if (minutes > 0 && (endedAt === null || at <= endedAt + minutes * MINUTE_MS))
      add('on-battery', minutes, at, deviceId);
  }
  if (known.neighboursDown > 0) add('neighbours-down', known.neighboursDown, startedAt);
  if (known.neighboursUp > 0) add('neighbours-up', known.neighboursUp, startedAt);
  for (const { deviceId, usual, last, at } of known.signals) {
    if (usual - last >= SIGNAL_FELL_DB) add('signal-fell', usual - last, at, deviceId);
  }
  for (const said of known.officers) {
    const kind = kindOfAnswer(said);
    // Afterwards lamps are lit again.
    if (kind !== null && said.at >= startedAt && (endedAt === null || said.at <= endedAt))
      add(kind, 1, said.at, said.villageCode);
  }
  for (const { of, people, at } of known.citizens) add('citizens-reported', people, at, of);
  if (known.sitesTogether >= 2) add('sites-together', known.sitesTogether, startedAt, root.deviceId);
  if (root.kind === 'device' && known.devicesCutOff > 0) add('cuts-off', known.devicesCutOff, startedAt, root.deviceId);
  return found;
}

function kindOfAnswer(said: OfficerAnswer): EvidenceKind | null {
  switch (said.answer) {
    case 'on':
      return 'officer-lamp-on';
    case 'off':
      return 'officer-lamp-off';
    case 'in':
      return 'officer-plugged-in';
    case 'out':
      return 'officer-unplugged';
    case 'no-power':
      return 'officer-no-power-in-village';
    case 'unsure':
      return null;
  }
}
