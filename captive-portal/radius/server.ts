import type { Clock } from '../../core/domain/clock.ts';
import type { Log } from '../../core/log/log.ts';
import { realTimers, type Timers } from '../../core/timers.ts';
import { type Counted, createCounts } from './counts.ts';
import { LIMITS, type RadiusLimits } from './limits.ts';
import type { RadiusNas, RadiusPolicy, Source } from './policy.ts';
import { createQuietLog } from './quiet-log.ts';
import { openRadsec, type RadsecCertificates, type RadsecSettings } from './radsec.ts';
import { createResponder } from './responder.ts';
import { openUdp, type UdpPort } from './udp.ts';
import type { Lane } from './work.ts';

export type RadiusServerOptions<Nas extends RadiusNas> = {
  /** Address to listen at; `::` hears IPv4 too. An answer leaves from it, so that a NAS takes it for ours. */
  readonly bind: string;
  /** 0 = a free one. */
  readonly authPort: number;
  readonly acctPort: number;
  readonly radsec: RadsecSettings | null;
  /** Looks a NAS up by where its packet came from, at once; null = nobody we know, who is not answered. */
  readonly nasOf: (source: Source) => Nas | null;
  readonly policy: RadiusPolicy<Nas>;
  /** A NAS with `auto` signed for the first time: to be stored, since from now on it must. */
  readonly authenticatorSeen: (nas: Nas) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<RadiusLimits>;
  readonly timers?: Timers;
};

export type RadiusServer = {
  readonly authPort: number;
  readonly acctPort: number;
  readonly radsecPort: number | null;
  /** What became of packets since the start; `inWork`, `radsecOpen` and `radsecStrangers` are as of now. */
  stats(): Readonly<Record<Counted | 'inWork' | 'radsecOpen' | 'radsecStrangers', number>>;
  /** What RadSec shows from now on; without RadSec nothing. @throws OpenSSL's error, and nothing changes */
  renewCertificates(certificates: RadsecCertificates): void;
  /** Takes no more packets, lets what is in work end within `limits.closeMs`, and closes. */
  close(): Promise<void>;
};

/**
 * Answers gateways: authentication, accounting and Status-Server over UDP (RFC 2865, 2866, 5080, 5997), and the same
 * over TLS (RFC 6614).
 * @throws the system's error where a port cannot be had
 */
export async function startRadiusServer<Nas extends RadiusNas>(
  options: RadiusServerOptions<Nas>,
): Promise<RadiusServer> {
  const { bind, policy, authenticatorSeen, clock, log, timers = realTimers } = options;
  const limits = { ...LIMITS, ...options.limits };
  const counts = createCounts();
  const warn = createQuietLog(log, timers);
  const responder = createResponder({ policy, clock, timers, log, limits, counts, authenticatorSeen });
  const ports: UdpPort[] = [];

  function nasOf(source: Source): Nas | null {
    try {
      return options.nasOf(source);
    } catch (error) {
      warn('nasOf', { err: error }, 'the list of gateways could not be asked');
      return null;
    }
  }

  async function listen(lane: Lane, port: number): Promise<UdpPort> {
    const lanes = [lane];
    const failed = (error: Error) => log.warn({ lane, err: error }, 'a RADIUS port has an error');
    const udp = await openUdp(bind, port, receive, failed);
    ports.push(udp);
    return udp;

    function receive(octets: Buffer, from: { readonly address: string; readonly port: number; readonly raw: string }) {
      const nas = nasOf({ kind: 'udp', address: from.address });
      const secret = nas?.secret?.reveal() ?? '';
      // An empty secret would let everybody in.
      if (nas === null || secret === '') {
        counts.add('received');
        counts.add(nas === null ? 'unknownSource' : 'noSecret');
        const sentence = 'a RADIUS packet came from an address of no known gateway';
        warn(`unknown ${from.address}`, { address: from.address, lane }, sentence);
        return;
      }
      responder.receive(octets, {
        nas,
        key: Buffer.from(secret, 'utf8'),
        from: from.address,
        socket: `${lane} ${from.raw} ${from.port}`,
        lanes,
        isOverTls: false,
        send: (answer) => udp.send(answer, from.port, from.raw),
      });
    }
  }

  try {
    const auth = await listen('access', options.authPort);
    const acct = await listen('accounting', options.acctPort);
    const { radsec: settings } = options;
    const count = counts.add;
    const radsec =
      settings === null ? null : await openRadsec({ settings, bind, responder, nasOf, limits, timers, log, count });
    return {
      authPort: auth.port,
      acctPort: acct.port,
      radsecPort: radsec?.port ?? null,
      stats() {
        const open = radsec?.open() ?? { known: 0, strangers: 0 };
        return {
          ...counts.all(),
          inWork: responder.pending(),
          radsecOpen: open.known,
          radsecStrangers: open.strangers,
        };
      },
      renewCertificates: (certificates) => radsec?.renew(certificates),
      async close() {
        radsec?.stop();
        await responder.close();
        await Promise.all([...ports.map((port) => port.close()), radsec?.close()]);
      },
    };
  } catch (error) {
    await responder.close();
    await Promise.all(ports.map((port) => port.close()));
    throw error;
  }
}
