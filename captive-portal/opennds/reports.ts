import { macOf } from '../../core/domain/portal/mac.ts';
import { ipOf } from '../family/reading.ts';
import type { UseReport } from '../gateway.ts';
import { isSignatureOf, loginOf } from './signed.ts';

const LONGEST = 800;
/** A count beyond what 63 bits hold is none. */
const COUNT = /^\d{1,18}$/;
const CAUSES: ReadonlyMap<string, string> = new Map([
  ['client_deauth', 'User-Request'],
  ['idle_deauth', 'Idle-Timeout'],
  ['timeout_deauth', 'Session-Timeout'],
  ['downquota_deauth', 'Quota'],
  ['upquota_deauth', 'Quota'],
  ['ndsctl_deauth', 'Admin-Reset'],
  ['shutdown_deauth', 'NAS-Reboot'],
]);

type Told = {
  readonly method: string;
  readonly mac: string | undefined;
  readonly ip: string | null;
  readonly incoming: string | undefined;
  readonly outgoing: string | undefined;
  readonly startedAt: string | undefined;
  readonly endedAt: string | undefined;
};

/** What the gateway calls incoming comes in from the internet: it is the citizen's download. */
function reportOf(gatewayId: string, loginId: string, told: Told): UseReport | null {
  const cause = CAUSES.get(told.method);
  if (cause === undefined && !/^(client|ndsctl)_auth$/.test(told.method)) return null;
  const counts = [told.incoming, told.outgoing, told.startedAt, told.endedAt].map((text) => text || '0');
  if (!counts.every((text) => COUNT.test(text))) return null;
  const [down, up, from, to] = counts.map(BigInt) as [bigint, bigint, bigint, bigint];
  const isStop = cause !== undefined;
  return {
    gatewayId,
    loginId,
    mac: macOf(told.mac ?? null),
    ip: told.ip,
    status: isStop ? 'stop' : 'start',
    seconds: isStop && from > 0n && to > from && to - from < 2n ** 31n ? Number(to - from) : 0,
    upOctets: isStop ? up : 0n,
    downOctets: isStop ? down : 0n,
    cause: cause ?? null,
  };
}

/**
 * A report of our BinAuth script: `method,mac,ip,incoming,outgoing,start,end,login`, signed with its key. Start and end
 * are of the gateway's clock: only their difference is used.
 */
export function scriptReport(gatewayId: string, text: string, signature: string, key: string): UseReport | null {
  if (text.length > LONGEST || !isSignatureOf(signature, text, key)) return null;
  const [method = '', mac, ip = '', incoming, outgoing, startedAt, endedAt, login = ''] = text.split(',');
  if (!/^[A-Za-z0-9]{4,64}$/.test(login)) return null;
  return reportOf(gatewayId, login, { method, mac, ip: ipOf(ip), incoming, outgoing, startedAt, endedAt });
}

/** `deauthed` of level 3, as the gateway's own script sends it: `method=.., clientmac=.., ... custom=..`. */
export function deauthedReport(gatewayId: string, payload: string, key: string): UseReport | null {
  if (payload.length > LONGEST) return null;
  const told = new Map(
    payload.split(', ').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), part.slice(at + 1)] as const;
    }),
  );
  const login = loginOf(told.get('custom') ?? '', told.get('token') ?? '', key);
  if (login === null) return null;
  return reportOf(gatewayId, login, {
    method: told.get('method') ?? '',
    mac: told.get('clientmac'),
    ip: null,
    incoming: told.get('bytes_incoming'),
    outgoing: told.get('bytes_outgoing'),
    startedAt: told.get('session_start'),
    endedAt: told.get('session_end'),
  });
}
