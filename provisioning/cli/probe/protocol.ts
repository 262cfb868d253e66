import { type Command, InvalidArgumentError } from 'commander';
import type { ProbeReport } from '../../../collector/probe-host.ts';
import type { ProbeError } from '../../../core/domain/errors.ts';

/** Options as they were given; each protocol has its own beside these. */
export type ProbeOptions = {
  /** Absent = the protocol's own. */
  readonly port?: number;
  readonly timeout: number;
  readonly retries: number;
  readonly json?: true;
};

export type ProbeDeps = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks whoever sits there; null where nobody does. */
  readonly askSecret: ((question: string) => Promise<string>) | null;
};

/** A way to ask a device once. */
export type ProbeProtocol<Options extends ProbeOptions> = {
  addOptions(command: Command): void;
  /** Whether these options choose it; of several the first in the list. */
  isChosen(options: Options): boolean;
  /** @throws ProbeError; InvalidArgumentError for options that do not fit together */
  ask(host: string, options: Options, deps: ProbeDeps): Promise<ProbeReport>;
  /** One line that says what to look at. */
  explain(error: ProbeError, host: string, options: Options): string;
};

export const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  return value;
};
