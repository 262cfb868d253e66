import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { outputOf, program } from './program.ts';
import { freeUdpPort } from './udp-port.ts';

export type Snmpsim = { readonly port: number; stop(): Promise<void> };

/**
 * Debian's snmpsim, which plays recordings: lines of `OID|tag|value`, in the order of their OIDs.
 * @param recordings by community
 */
export async function startSnmpsim(recordings: Readonly<Record<string, string | Buffer>>): Promise<Snmpsim> {
  const snmpsimd = program('snmpsimd', 'snmpsim');
  const snmpget = program('snmpget', 'snmp');
  const dir = await mkdtemp(join(tmpdir(), 'simpul-snmpsim-'));
  const [data, cache] = [join(dir, 'data'), join(dir, 'cache')];
  await Promise.all([mkdir(data), mkdir(cache)]);
  for (const [community, lines] of Object.entries(recordings))
    await writeFile(join(data, `${community}.snmprec`), lines);
  const privileges = userInfo().uid === 0 ? await giveToNobody([dir, data, cache]) : [];
  const port = await freeUdpPort();
  const child = spawn(
    snmpsimd,
    [
      `--data-dir=${data}`,
      `--cache-dir=${cache}`,
      `--agent-udpv4-endpoint=127.0.0.1:${port}`,
      '--logging-method=null',
      ...privileges,
    ],
    { stdio: 'ignore' },
  );
  const [community = ''] = Object.keys(recordings);
  for (let attempt = 0; ; attempt++) {
    if (child.exitCode !== null) throw new Error(`snmpsimd ended with ${child.exitCode}`);
    if (attempt === 200) throw new Error('snmpsimd does not answer');
    const isThere = await outputOf(snmpget, [
      '-v2c',
      '-c',
      community,
      '-t',
      '0.2',
      '-r',
      '0',
      `127.0.0.1:${port}`,
      '1.3.6.1.2.1.1.1.0',
    ]).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    await delay(50);
  }
  return {
    port,
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** As root it insists on leaving root's rights for those of another user, who must then own its folders. */
async function giveToNobody(paths: readonly string[]): Promise<string[]> {
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  for (const path of paths) await chown(path, id('-u'), id('-g'));
  return ['--process-user=nobody', '--process-group=nogroup'];
}
