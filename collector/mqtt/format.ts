import { loadFolder } from '../../core/load-folder.ts';
import type { Identification } from '../../core/stores/inventory/devices.ts';
import type { Value } from './values.ts';

/** A message as a broker handed it on. */
export type Message = {
  readonly topic: string;
  readonly payload: Buffer;
  /** When it came, UTC ms. */
  readonly at: number;
  /** The broker had kept it and gave it on subscribing: nobody knows how old it is. */
  readonly isKept: boolean;
};

export type Outgoing = { readonly topic: string; readonly payload: string | Uint8Array };

/** Why a message was of no use; counted. */
export type MessageFault = 'bad-json' | 'bad-payload' | 'too-large' | 'stale';

/** What a message says. Without `life` it is a sign of life like any other. */
export type Said = {
  readonly values?: readonly Value[];
  /** `nothing`: it tells neither that the device lives nor that it does not. */
  readonly life?: 'online' | 'offline' | 'nothing';
  readonly identity?: Partial<Identification>;
  /** What else a person would look up, by name. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Instances of values that are there no more. */
  readonly withdrawn?: readonly string[];
  readonly send?: readonly Outgoing[];
  /** Topics of others that concern the device too, known from now on. */
  readonly follows?: readonly string[];
  readonly fault?: MessageFault;
};

/** Reads the messages of one device, and remembers of them what later ones need. */
export type FormatReader = {
  /** Filters of what the device publishes. It may publish these, and nothing else. */
  readonly publishes: readonly string[];
  /** Filters of what it waits for. */
  readonly subscribes: readonly string[];
  /** Topics of others that concern it too: its gateway's, for one. */
  readonly overhears?: readonly string[];
  /** Never throws, whatever the payload. */
  read(message: Message): Said;
  /** What it has to be asked, at the start and again and again, to say anything. */
  readonly asks?: { readonly everyS: number; readonly messages: (round: number) => readonly Outgoing[] };
};

/** A format of messages: one file of `formats`, which exports `format`; the file's name is the id that devices name. */
export type Format = {
  readonly title: { readonly id: string; readonly en: string };
  /** What `settings.topic` looks like. */
  readonly topicExample: string;
  /** What is right about a topic beside what holds for all; every topic where absent. */
  readonly topicPattern?: RegExp;
  /** How long a device may say nothing, where nothing else was chosen: more than twice its ordinary pause. */
  readonly maxAgeS: number;
  open(topic: string): FormatReader;
};

export type Formats = ReadonlyMap<string, Format>;

export const loadFormats = (): Promise<Formats> =>
  loadFolder(new URL('./formats/', import.meta.url), (module, id) => {
    const { format } = module;
    if (!isFormat(format)) throw new TypeError(`collector/mqtt/formats/${id} exports no format`);
    return format;
  });

const isFormat = (value: unknown): value is Format =>
  typeof value === 'object' && value !== null && 'title' in value && 'open' in value && 'maxAgeS' in value;

/** Larger payloads are not read. */
export const MAX_PAYLOAD_BYTES = 256 * 1024;
export const NOTHING: Said = { life: 'nothing' };
