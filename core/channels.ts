import type { Static, TObject, TString } from 'typebox';
import { Value } from 'typebox/value';
import { Secret } from './config/secret.ts';
import type { Clock } from './domain/clock.ts';
import { AppError } from './domain/errors.ts';
import { loadFolder } from './load-folder.ts';

/** What leaves, ready to be read. A channel takes what it can show of it. */
export type Message = {
  /** The same at every try: whoever receives it tells by it what it has already. */
  readonly id: string;
  /** Address, number or chat, in the form that the channel's `recipient` names. */
  readonly to: string;
  /** One line. */
  readonly subject: string;
  /** Plain text without the link; it does not repeat the subject. */
  readonly text: string;
  /** The same in one sentence, for channels where each character costs. */
  readonly short?: string;
  readonly html?: string;
  /** Where the reader goes on; shown in full, whatever else is shortened. */
  readonly link?: string;
  readonly language: 'id' | 'en';
  /** Messages about one thing share it: mail programs show them together. */
  readonly threadId?: string;
  /** What happened, for programs that receive it; plain JSON. */
  readonly event?: unknown;
};

/** `providerId` is the provider's own name for the message, where it gives one. */
export type Sent = { readonly providerId: string | null };

/** How much could be checked without a message: nothing more than that something answers, or the sign-in as well. */
export type ChannelTest = { readonly checked: 'answers' | 'signed-in' };

export type Channel = {
  /**
   * Hands one message to the provider. Resolves when the provider took it: what becomes of it there is not known.
   * @throws ChannelError
   */
  send(message: Message, signal: AbortSignal): Promise<Sent>;
  /** Looks whether the provider answers, without a message. @throws ChannelError */
  test(signal: AbortSignal): Promise<ChannelTest>;
  close(): Promise<void>;
};

export type ChannelTools = { readonly clock: Clock };

/** What the provider bears. Beyond it messages wait, they are not lost. */
export type ChannelLimits = {
  readonly perMinute: number;
  /** To one recipient; as much as `perMinute` where it is not given. */
  readonly perRecipientPerMinute?: number;
};

/** Settings of a channel as they leave the store: what is secret is a `Secret`. */
export type OpenSettings = Readonly<Record<string, unknown>>;

/** A way for messages to leave: one file of `core/channels`, whose name is the id. */
export type ChannelKind = {
  readonly title: { readonly id: string; readonly en: string };
  readonly settings: TObject;
  /** Settings that are shown to nobody and leave the store only as `Secret`. */
  readonly secrets: readonly string[];
  /** Form of `Message.to`. */
  readonly recipient: TString;
  readonly limits: ChannelLimits;
  /** What the schema alone cannot say. @returns the setting at fault and the reason, or null */
  readonly check?: (settings: Readonly<Record<string, unknown>>) => { field: string; reason: string } | null;
  /** @throws AppError `config` where the settings do not fit */
  open(settings: OpenSettings, tools: ChannelTools): Channel;
};

export type ChannelKinds = ReadonlyMap<string, ChannelKind>;

type Opened<Settings, SecretName> = {
  readonly [Name in keyof Settings]: Name extends SecretName ? Secret : Settings[Name];
};

type Definition<S extends TObject, Secrets extends readonly (keyof Static<S> & string)[]> = Omit<
  ChannelKind,
  'settings' | 'secrets' | 'open'
> & {
  readonly settings: S;
  readonly secrets: Secrets;
  open(settings: Opened<Static<S>, Secrets[number]>, tools: ChannelTools): Channel;
};

/** Gives a channel's `open` its settings with the types that the schema says. */
export function defineChannel<S extends TObject, const Secrets extends readonly (keyof Static<S> & string)[]>(
  definition: Definition<S, Secrets>,
): ChannelKind {
  const { settings: schema, secrets } = definition;
  const fits = (settings: OpenSettings): settings is OpenSettings & Opened<Static<S>, Secrets[number]> =>
    secrets.every((name) => settings[name] === undefined || settings[name] instanceof Secret) &&
    Value.Check(schema, revealed(settings));
  return {
    ...definition,
    open(settings, tools) {
      if (!fits(settings)) throw new AppError('config', 'the settings of a channel do not fit its kind');
      return definition.open(settings, tools);
    },
  };
}

const revealed = (settings: OpenSettings): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
  );

export const loadChannels = (): Promise<ChannelKinds> =>
  loadFolder(new URL('./channels/', import.meta.url), (module, id) => {
    if (!isChannel(module['channel'])) throw new TypeError(`core/channels/${id} exports no channel`);
    return module['channel'];
  });

const isChannel = (value: unknown): value is ChannelKind =>
  typeof value === 'object' && value !== null && 'open' in value && 'settings' in value && 'secrets' in value;
