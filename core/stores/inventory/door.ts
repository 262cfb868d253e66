import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';

/** PostgreSQL's own name for a socket in a folder, so that `pg` and `psql` find it by the folder alone. */
const SOCKET = '.s.PGSQL.5432';
/** sockaddr_un of macOS holds 104 bytes, that of Linux 108. */
const LONGEST_PATH = 103;

/** Folder of the door of a data directory, for `pg`'s option `host`. */
export const doorFolder = (dataDir: string): string => resolve(dataDir, 'door');

export const hasDoor = (dataDir: string): boolean => existsSync(join(doorFolder(dataDir), SOCKET));

/**
 * Lets the command line of the same user into an embedded store that a running process holds: a Unix socket that speaks
 * PostgreSQL's protocol, in a folder of mode 0700. Call it only while holding the lock of the directory.
 * @param connect makes a connection to the store, ready to be written to
 * @returns null where the path is too long for a socket; else a function that closes the door
 */
export async function openDoor(dataDir: string, connect: () => Duplex): Promise<(() => Promise<void>) | null> {
  const folder = doorFolder(dataDir);
  const path = join(folder, SOCKET);
  if (Buffer.byteLength(path) > LONGEST_PATH) return null;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  rmSync(path, { force: true });

  const visitors = new Set<Socket>();
  const server = createServer((socket) => {
    visitors.add(socket);
    const store = connect();
    const part = () => {
      visitors.delete(socket);
      socket.destroy();
      store.destroy();
    };
    socket.on('close', part).on('error', part);
    store.on('close', part).on('error', part);
    socket.pipe(store);
    store.pipe(socket);
  });
  server.maxConnections = 8;
  await listening(server, path);
  server.unref();
  return async () => {
    for (const socket of visitors) socket.destroy();
    await new Promise((done) => server.close(done));
    rmSync(path, { force: true });
  };
}

const listening = (server: Server, path: string): Promise<void> =>
  new Promise((done, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      done();
    });
  });
