import type { RadiusNas, RadiusPolicy, RadiusRecord, RadiusRequest } from '../../../../captive-portal/radius/policy.ts';
import {
  type RadiusServer,
  type RadiusServerOptions,
  startRadiusServer,
} from '../../../../captive-portal/radius/server.ts';
import { Secret } from '../../../../core/config/secret.ts';
import { silentLog } from '../../../../core/log/log.ts';
import { SECRET } from './hotspot-peer.ts';

export const NAS: RadiusNas = {
  id: 'hotspot',
  secret: new Secret(SECRET),
  messageAuthenticator: 'auto',
  authenticatorSeen: false,
  swapOctets: false,
};

export const GRANT = [
  { name: 'Session-Timeout', value: 3_600 },
  { name: 'Idle-Timeout', value: 600 },
  { name: 'Mikrotik-Rate-Limit', value: '1M/2M' },
  { name: 'Mikrotik-Total-Limit', value: 104_857_600 },
] as const;

export type HeardServer = RadiusServer & {
  readonly requests: RadiusRequest[];
  readonly records: RadiusRecord[];
  readonly signers: string[];
};

/** A server on free ports whose policy lets `warga` in with `rahasia`, and keeps what it is told in memory. */
export async function startServer(
  options: Partial<Omit<RadiusServerOptions<RadiusNas>, 'policy'>> & { readonly policy?: Partial<RadiusPolicy> } = {},
): Promise<HeardServer> {
  const requests: RadiusRequest[] = [];
  const records: RadiusRecord[] = [];
  const signers: string[] = [];
  const policy: RadiusPolicy = {
    async authenticate(_nas, request) {
      requests.push(request);
      return request.userName === 'warga' && request.check('rahasia')
        ? { kind: 'accept', attributes: GRANT }
        : { kind: 'reject', message: 'Sandi tidak cocok' };
    },
    async account(_nas, record) {
      records.push(record);
    },
    ...options.policy,
  };
  const server = await startRadiusServer({
    bind: '127.0.0.1',
    authPort: 0,
    acctPort: 0,
    radsec: null,
    nasOf: () => NAS,
    authenticatorSeen: (nas) => signers.push(nas.id),
    clock: Date.now,
    log: silentLog,
    ...options,
    policy,
  });
  return { ...server, requests, records, signers };
}
