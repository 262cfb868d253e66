import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { outputOf } from '../../support/program.ts';

const CLIENT_MAC = '02:00:00:00:00:64';
const CLIENT_IP = '10.77.0.100';
const GATEWAY_IP = '10.77.0.1';
const NEEDED = ['opennds', 'iptables-legacy', 'nft', 'ip', 'curl', 'jq', 'php', 'unshare', 'nsenter', 'openssl'];

/** Why no real openNDS can be run here; null where one can. */
export function whyNoOpenNds(): string | null {
  if (userInfo().uid !== 0) return 'network namespaces need root';
  const missing = NEEDED.filter(
    (name) => !['/usr/sbin', '/usr/bin', '/sbin', '/bin'].some((dir) => existsSync(join(dir, name))),
  );
  if (missing.length > 0) return `missing programs: ${missing.join(', ')}`;
  const name = `simpul-try-${randomBytes(3).toString('hex')}`;
  try {
    execFileSync('unshare', ['-n', '-m', 'true'], { stdio: 'pipe' });
    execFileSync('ip', ['netns', 'add', name], { stdio: 'pipe' });
    execFileSync('ip', ['netns', 'exec', name, 'iptables-legacy', '-t', 'nat', '-L', '-n'], { stdio: 'pipe' });
    execFileSync('ip', ['netns', 'exec', name, 'nft', 'list', 'ruleset'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `namespaces or their firewall cannot be had: ${String((error as Error).message).split('\n')[0]}`;
  } finally {
    try {
      execFileSync('ip', ['netns', 'del', name], { stdio: 'pipe' });
    } catch {
      // It was never made.
    }
  }
}

export type Seen = { readonly status: number; readonly location: string; readonly body: string };

export type Village = {
  /** Our own address on the far side of the gateway: where portals of the test listen. */
  readonly portalHost: string;
  /** A server of "the internet": answers `INTERNET` and the path, 204 at `/generate_204`, and so many octets at `/octets/N`. */
  readonly internet: string;
  readonly clientMac: string;
  readonly lanAddress: string;
  /** One request of the citizen's device; no redirect is followed. */
  browse(url: string, form?: Readonly<Record<string, string>>): Promise<Seen>;
  /** Starts openNDS with these files; waits until it intercepts. */
  startGateway(files: GatewayFiles): Promise<Gateway>;
  /** Takes all away that was made. */
  stop(): Promise<void>;
};

type GatewayFiles = {
  /** `opennds.conf` */
  readonly conf: string;
  /** Of `/usr/lib/opennds/simpul-binauth.sh` */
  readonly script: string;
  /** PEM that its PHP trusts. */
  readonly ca?: string;
};

type Gateway = {
  ndsctl(...args: string[]): Promise<string>;
  /** Its one client, as the gateway sees it. */
  client(): Promise<Readonly<Record<string, string | number>> | null>;
  log(): Promise<string>;
};

/**
 * A village of three: a citizen's device and a gateway in network namespaces, and ourselves as the far side. Nothing of
 * it touches another interface; openNDS sees files and processes of its own.
 * @param number of the far network, 10.231.number.0/24; not two at the same time
 */
export async function openVillage(number: number): Promise<Village> {
  const mark = randomBytes(3).toString('hex');
  const [client, gateway] = [`simpul-cli-${mark}`, `simpul-gw-${mark}`];
  const near = `sw${mark}`;
  const portalHost = `10.231.${number}.1`;
  const internet = `10.231.${number}.80`;
  const dir = await mkdtemp(join(tmpdir(), 'simpul-opennds-'));
  const ip = async (...args: string[]): Promise<void> => void (await outputOf('ip', args));
  const within = (space: string, ...command: string[]) => outputOf('ip', ['netns', 'exec', space, ...command]);
  let daemon: ChildProcess | null = null;
  let server: Server | null = null;

  async function stop(): Promise<void> {
    if (daemon !== null && daemon.exitCode === null && daemon.signalCode === null) {
      const ended = once(daemon, 'exit');
      // Its namespace of processes goes with it, and so all that it started.
      daemon.kill('SIGKILL');
      await ended;
    }
    server?.closeAllConnections();
    server?.close();
    for (const space of [client, gateway]) await ip('netns', 'del', space).catch(() => {});
    await ip('link', 'del', near).catch(() => {});
    await rm(dir, { recursive: true, force: true });
  }

  try {
    for (const space of [client, gateway]) {
      await ip('netns', 'add', space);
      await ip('-n', space, 'link', 'set', 'lo', 'up');
    }
    await ip('link', 'add', 'c0', 'netns', client, 'type', 'veth', 'peer', 'name', 'g-lan', 'netns', gateway);
    await ip('link', 'add', near, 'type', 'veth', 'peer', 'name', 'g-wan', 'netns', gateway);
    await ip('-n', client, 'link', 'set', 'c0', 'address', CLIENT_MAC);
    await ip('-n', client, 'addr', 'add', `${CLIENT_IP}/24`, 'dev', 'c0');
    await ip('-n', gateway, 'addr', 'add', `${GATEWAY_IP}/24`, 'dev', 'g-lan');
    await ip('-n', gateway, 'addr', 'add', `10.231.${number}.2/24`, 'dev', 'g-wan');
    await ip('addr', 'add', `${portalHost}/24`, 'dev', near);
    await ip('addr', 'add', `${internet}/32`, 'dev', near);
    await ip('link', 'set', near, 'up');
    await ip('-n', client, 'link', 'set', 'c0', 'up');
    for (const link of ['g-lan', 'g-wan']) await ip('-n', gateway, 'link', 'set', link, 'up');
    await ip('-n', client, 'route', 'add', 'default', 'via', GATEWAY_IP);
    await ip('-n', gateway, 'route', 'add', 'default', 'via', portalHost);
    await within(gateway, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    const masquerade = ['add table ip wan', 'add chain ip wan post { type nat hook postrouting priority 100; }'];
    for (const rule of [...masquerade, 'add rule ip wan post oifname "g-wan" masquerade'])
      await within(gateway, 'nft', rule);
    server = createServer(({ url = '', headers }, answer) => {
      const octets = /^\/octets\/(\d{1,8})$/.exec(url)?.[1];
      if (url === '/generate_204') answer.writeHead(204).end();
      else answer.end(octets === undefined ? `INTERNET ${headers.host}${url}\n` : Buffer.alloc(Number(octets)));
    }).listen(80, internet);
    await once(server, 'listening');
  } catch (error) {
    await stop();
    throw error;
  }

  async function browse(url: string, form?: Readonly<Record<string, string>>): Promise<Seen> {
    const fields = Object.entries(form ?? {}).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]);
    const printed = await within(
      client,
      ...['curl', '-s', '-k', '-m', '10', '-w', '\n%{http_code} %{redirect_url}', ...fields, url],
    ).catch(() => '\n0 ');
    const at = printed.lastIndexOf('\n');
    const [status = '', location = ''] = printed.slice(at + 1).split(' ');
    return { status: Number(status), location, body: printed.slice(0, at) };
  }

  async function startGateway({ conf, script, ca }: GatewayFiles): Promise<Gateway> {
    const at = (name: string): string => join(dir, name);
    await cp('/etc/opennds', at('etc'), { recursive: true });
    await cp('/usr/lib/opennds', at('lib'), { recursive: true });
    await cp('/etc/hosts', at('hosts'));
    for (const name of ['bin', 'misc', 'spool']) await mkdir(at(name));
    // With the nf_tables flavour its start fails: the chains that it makes by nft have priorities of their own.
    await symlink('/usr/sbin/iptables-legacy', at('bin/iptables'));
    await writeFile(at('etc/opennds.conf'), conf.replace('gatewayinterface br-lan', 'gatewayinterface g-lan'));
    await writeFile(at('lib/simpul-binauth.sh'), script);
    await chmod(at('lib/simpul-binauth.sh'), 0o700);
    // Who has no lease is refused with 403.
    await writeFile(at('misc/dnsmasq.leases'), `4000000000 ${CLIENT_MAC} ${CLIENT_IP} hp-warga *\n`);
    if (ca !== undefined) await writeFile(at('ca.pem'), ca);
    const start = [
      'set -e',
      `mount --bind ${at('etc')} /etc/opennds`,
      `mount --bind ${at('lib')} /usr/lib/opennds`,
      `mount --bind ${at('hosts')} /etc/hosts`,
      `mount --bind ${at('misc')} /var/lib/misc`,
      'mount -t tmpfs tmpfs /run',
      'mkdir -p /run/tmpfiles.d',
      `opennds -f -d 1 >${at('log')} 2>&1 &`,
      'wait $!',
    ].join('\n');
    const spaces = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const started = spawn('ip', ['netns', 'exec', gateway, 'unshare', ...spaces, 'bash', '-c', start], {
      env: {
        PATH: `${at('bin')}:/usr/sbin:/usr/bin:/sbin:/bin`,
        SIMPUL_SPOOL: at('spool'),
        ...(ca === undefined ? {} : { SSL_CERT_FILE: at('ca.pem') }),
      },
      stdio: 'ignore',
    });
    daemon = started;
    const log = () => readFile(at('log'), 'utf8').catch(() => '');
    for (let tries = 0; (await browse(`http://${internet}/generate_204`)).status !== 307; tries++) {
      if (tries > 60 || started.exitCode !== null) throw new Error(`openNDS does not start:\n${await log()}`);
      await wait(400);
    }
    const children = await readFile(`/proc/${started.pid}/task/${started.pid}/children`, 'utf8');
    const inside = ['-t', children.trim().split(' ')[0] ?? '', '-m', '-n', '-p'];
    /** One at a time: its own helpers use it too, and the second is turned away. */
    async function ndsctl(...args: string[]): Promise<string> {
      for (let tries = 0; ; tries++) {
        try {
          return await outputOf('nsenter', [...inside, 'ndsctl', ...args]);
        } catch (error) {
          if (tries === 20) throw error;
          await wait(200);
        }
      }
    }
    return {
      ndsctl,
      log,
      async client() {
        const { clients } = JSON.parse(await ndsctl('json')) as { clients: Record<string, Record<string, string>> };
        return Object.values(clients)[0] ?? null;
      },
    };
  }

  return { portalHost, internet, clientMac: CLIENT_MAC, lanAddress: `${GATEWAY_IP}:2050`, browse, startGateway, stop };
}
