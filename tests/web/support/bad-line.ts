import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export type BadLine = {
  /** Where browsers reach the server behind it. */
  readonly url: string;
  /** Dead: whoever is connected is cut off, and nobody gets through. */
  isDead: boolean;
  close(): Promise<void>;
};

/** A line on loopback to a server there, that can be cut. */
export async function badLine(port: number): Promise<BadLine> {
  const open = new Set<Socket>();
  let isDead = false;
  const cut = (): void => {
    for (const socket of open) socket.destroy();
    open.clear();
  };
  const server = createServer((near) => {
    if (isDead) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get isDead() {
      return isDead;
    },
    set isDead(value) {
      isDead = value;
      if (value) cut();
    },
    async close() {
      cut();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
