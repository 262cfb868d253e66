/** What answers for a device on a port of 127.0.0.1, or speaks for it, while it has power and a line. */
export type Player = {
  /** 0 where it listens nowhere and calls out itself. */
  readonly port: number;
  /** Each answer comes so much later; 0 is the ordinary pace. */
  slow(extraMs: number): void;
  /** From then on nothing of it answers. */
  close(): Promise<void>;
};

/** @param port 0: any free one @throws where the port is taken, as the system says it */
export type OpenPlayer = (port: number) => Promise<Player>;

export const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
