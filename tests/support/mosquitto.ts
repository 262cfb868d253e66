import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './port.ts';

const PROGRAM = '/usr/sbin/mosquitto';

/** A real broker on a free port of loopback, or the given one, without persistence. */
export async function startMosquitto(wanted?: number): Promise<{ readonly url: string; stop(): Promise<void> }> {
  if (!existsSync(PROGRAM)) throw new Error('mosquitto is missing: install the Debian package mosquitto');
  const dir = await mkdtemp(join(tmpdir(), 'simpul-mosquitto-'));
  const port = wanted ?? (await freePort());
  const conf = join(dir, 'mosquitto.conf');
  await writeFile(conf, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
  const broker = spawn(PROGRAM, ['-c', conf], { stdio: 'ignore' });
  await untilItListens(port);
  return {
    url: `mqtt://127.0.0.1:${port}`,
    async stop() {
      if (broker.exitCode === null) {
        broker.kill('SIGTERM');
        await once(broker, 'exit');
      }
      await rm(dir, { recursive: true });
    },
  };
}

/** Waits until something accepts connections on a port of loopback; gives up after 20 s. */
export async function untilItListens(port: number): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const socket = connect({ port, host: '127.0.0.1' });
    const isOpen = await Promise.race([
      once(socket, 'connect').then(
        () => true,
        () => false,
      ),
      delay(1_000).then(() => false),
    ]);
    socket.destroy();
    if (isOpen) return;
    await delay(50);
  }
  throw new Error(`nothing listens on port ${port}`);
}
