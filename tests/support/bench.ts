import { cpus, totalmem } from 'node:os';

/** A benchmark: the export `bench` of a file in `tests/bench`. */
export type Bench = (options: {
  /** Value of `--name VALUE` as a whole number. */
  readonly option: (name: string, otherwise: number) => number;
  /** Value of `--name VALUE` as it stands; null where it was not given. */
  readonly text: (name: string) => string | null;
  /** One line of figures. */
  readonly print: (figures: object) => void;
}) => Promise<void>;

export const machine = (): object => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  date: new Date().toISOString(),
});

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** Spread of some measured times. */
export function spread(timesMs: readonly number[]): { runs: number; p50Ms: number; p95Ms: number; maxMs: number } {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  return { runs: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}

/** CPU time of this process since `start`, in microseconds. */
export function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
