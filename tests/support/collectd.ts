import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from './program.ts';

/**
 * Debian's collectd, publishing load, uptime, memory, processors and interfaces of this machine once a second.
 * @param options.storeRates counters as rates, which is collectd's default, or as they are
 */
export async function startCollectd(options: {
  readonly host: string;
  readonly brokerPort: number;
  readonly prefix: string;
  readonly storeRates: boolean;
  readonly retain?: boolean;
}): Promise<{ stop(): Promise<void> }> {
  const collectd = program('collectd', 'collectd-core');
  const dir = await mkdtemp(join(tmpdir(), 'simpul-collectd-'));
  const conf = join(dir, 'collectd.conf');
  const lines = [
    `Hostname "${options.host}"`,
    'FQDNLookup false',
    'Interval 1',
    `BaseDir "${dir}"`,
    `PIDFile "${dir}/pid"`,
    'TypesDB "/usr/share/collectd/types.db"',
    ...['load', 'uptime', 'memory', 'cpu', 'interface', 'mqtt'].map((name) => `LoadPlugin ${name}`),
    '<Plugin mqtt>',
    '  <Publish "simpul">',
    '    Host "127.0.0.1"',
    `    Port ${options.brokerPort}`,
    `    Prefix "${options.prefix}"`,
    `    StoreRates ${options.storeRates}`,
    `    Retain ${options.retain ?? false}`,
    '    QoS 1',
    '  </Publish>',
    '</Plugin>',
  ];
  await writeFile(conf, `${lines.join('\n')}\n`);
  const child = spawn(collectd, ['-f', '-C', conf], { stdio: 'ignore' });
  return {
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      await rm(dir, { recursive: true, force: true });
    },
  };
}
