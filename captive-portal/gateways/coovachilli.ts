import { Type } from 'typebox';
import { oneOf } from '../../core/contract/common.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import type { Grant } from '../../core/domain/portal/grant.ts';
import { macOf } from '../../core/domain/portal/mac.ts';
import { resumed, resumeUrl } from '../coovachilli/resume.ts';
import { chapResponse, isSigned, papPassword } from '../coovachilli/signing.ts';
import { gatewayUrl, gatewayUrlIfKnown } from '../family/address.ts';
import { inGigawords, wholeSeconds } from '../family/limits.ts';
import { ipOf, originUrlOf, wordsOf } from '../family/reading.ts';
import { type Arrival, defineGateway, type Gateway, type GatewayRequest, type ReplyAttribute } from '../gateway.ts';

const PORT = 3_990;
/** A challenge is good for ten minutes; the way to the gateway takes some of them on a satellite line. */
const CHALLENGE_GOOD_FOR_MS = 8 * MINUTE;

type Settings = {
  readonly uamSecret: { reveal(): string };
  readonly uamServer?: string;
  readonly login?: 'chap' | 'pap';
};

/** CoovaChilli and what grew out of it, over its UAM: the redirect is signed, the answer to its challenge is ours. */
export const gateway = defineGateway({
  title: { id: 'CoovaChilli', en: 'CoovaChilli' },
  settings: Type.Object(
    {
      uamSecret: Type.String({ minLength: 8, maxLength: 128 }),
      /** HS_UAMSERVER / `uamserver` as the gateway has it, where it is not the address of this page. */
      uamServer: Type.Optional(Type.String({ pattern: '^https?://[^\\s?#]+$', maxLength: 300 })),
      login: Type.Optional(oneOf(['chap', 'pap'])),
    },
    { additionalProperties: false },
  ),
  secrets: ['uamSecret'],

  async arrive(gateway, request, { clock }): Promise<Arrival | null> {
    if (!isFrom(gateway, request)) return null;
    const { query } = request;
    const outcome = query.get('res');
    const challenge = query.get('challenge') ?? '';
    return {
      clientMac: macOf(query.get('mac')),
      clientIp: ipOf(query.get('ip')),
      originUrl: originUrlOf(query.get('userurl')),
      signed: true,
      opaque: /^[0-9a-f]{32}$/i.test(challenge) ? { challenge, at: String(clock()) } : {},
      refusal: outcome === 'failed' ? (wordsOf(query.get('reply')) ?? wordsOf(query.get('reason')) ?? 'failed') : null,
      isOnline: outcome === 'success' || outcome === 'already',
    };
  },

  async release(gateway, { opaque, clientMac }, login, { statusUrl }, { clock, signing }) {
    const challenge = opaque['challenge'];
    const isFresh = challenge !== undefined && clock() - Number(opaque['at']) < CHALLENGE_GOOD_FOR_MS;
    if (isFresh) return { kind: 'redirect', url: logonUrl(gateway, challenge, login, statusUrl) };
    const bound = { gatewayId: gateway.id, mac: clientMac ?? '' };
    const userurl = resumeUrl(statusUrl, login, bound, signing, clock);
    return { kind: 'redirect', url: gatewayUrl(gateway, '/prelogin', { userurl }, PORT) };
  },

  /** A browser that comes back from `/prelogin` with a fresh challenge goes on to `/logon` at once. */
  async serve(gateway, request, { clock, signing }) {
    const { query, method } = request;
    const challenge = query.get('challenge') ?? '';
    if (method !== 'GET' || query.get('res') !== 'notyet' || !/^[0-9a-f]{32}$/i.test(challenge)) return null;
    if (!isFrom(gateway, request)) return null;
    const bound = { gatewayId: gateway.id, mac: macOf(query.get('mac')) ?? '' };
    const login = resumed(query.get('userurl'), bound, signing, clock);
    if (login === null) return null;
    return {
      status: 303,
      contentType: 'text/plain',
      body: '',
      location: logonUrl(gateway, challenge, login, login.statusUrl),
    };
  },

  reply: ({ seconds, idleSeconds, downKbit, upKbit, totalOctets }: Grant) => {
    const attributes: ReplyAttribute[] = [];
    if (seconds !== null) attributes.push({ name: 'Session-Timeout', value: wholeSeconds(seconds) });
    if (idleSeconds !== null) attributes.push({ name: 'Idle-Timeout', value: wholeSeconds(idleSeconds) });
    if (upKbit !== null) attributes.push({ name: 'ChilliSpot-Bandwidth-Max-Up', value: upKbit });
    if (downKbit !== null) attributes.push({ name: 'ChilliSpot-Bandwidth-Max-Down', value: downKbit });
    if (totalOctets !== null) {
      const { low, high } = inGigawords(Math.max(1, totalOctets));
      attributes.push({ name: 'ChilliSpot-Max-Total-Octets', value: low });
      if (high > 0) attributes.push({ name: 'ChilliSpot-Max-Total-Gigawords', value: high });
    }
    return attributes;
  },

  entryUrl: (gateway) => gatewayUrlIfKnown(gateway, '/prelogin', {}, PORT),

  logoutUrl: (gateway) => gatewayUrlIfKnown(gateway, '/logoff', {}, PORT),
});

const isFrom = ({ settings }: Gateway<Settings>, { origin, path, rawQuery }: GatewayRequest): boolean =>
  rawQuery.length <= 8_192 && isSigned(settings.uamServer ?? origin + path, rawQuery, settings.uamSecret.reveal());

function logonUrl(
  gateway: Gateway<Settings>,
  challenge: string,
  { id, password }: { readonly id: string; readonly password: string },
  statusUrl: string,
): string {
  const { uamSecret, login } = gateway.settings;
  const secret = uamSecret.reveal();
  const proof =
    login === 'pap'
      ? { password: papPassword(challenge, secret, password) }
      : { response: chapResponse(challenge, secret, password) };
  return gatewayUrl(gateway, '/logon', { username: id, ...proof, userurl: statusUrl }, PORT);
}
