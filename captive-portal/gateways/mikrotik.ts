import { Type } from 'typebox';
import { oneOf } from '../../core/contract/common.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { Grant } from '../../core/domain/portal/grant.ts';
import { macOf } from '../../core/domain/portal/mac.ts';
import { gatewayUrl, gatewayUrlIfKnown } from '../family/address.ts';
import { inGigawords, wholeSeconds } from '../family/limits.ts';
import { ipOf, originUrlOf, rawValueOf, wordsOf } from '../family/reading.ts';
import { type Arrival, defineGateway, type ReplyAttribute } from '../gateway.ts';
import { chapOctets, chapResponse } from '../mikrotik/chap.ts';

/**
 * RouterOS hotspot. Browsers come from our own `rlogin.html` and `login.html` (provisioning/templates), whose
 * parameters are claims: the truth of who asks is in the Access-Request that follows.
 */
export const gateway = defineGateway({
  title: { id: 'MikroTik RouterOS', en: 'MikroTik RouterOS' },
  settings: Type.Object(
    {
      /** As in the hotspot profile's `login-by`: `http-pap` or `http-chap`. */
      login: Type.Optional(oneOf(['pap', 'chap'])),
      /** The router asks RADIUS by the MAC before it shows a page (`login-by=mac`). */
      macReentry: Type.Optional(Type.Boolean()),
      /** Name of the hotspot profile, for the commands that set it up. */
      profile: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,32}$' })),
      /** Minutes of the trial that the router gives by itself while this portal cannot be reached. */
      trialMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440 })),
    },
    { additionalProperties: false },
  ),
  secrets: [],

  async arrive({ settings }, { rawQuery, query }): Promise<Arrival | null> {
    const clientMac = macOf(query.get('mac'));
    if (clientMac === null) return null;
    const id = chapOctets(rawValueOf(rawQuery, 'ci') ?? '', 'id');
    const challenge = chapOctets(rawValueOf(rawQuery, 'cc') ?? '', 'challenge');
    const hasChallenge = id !== null && challenge !== null;
    // Nobody could be let in from here: no page of the router, or one that does not fit its settings.
    if (settings.login === 'chap' && !hasChallenge) return null;
    return {
      clientMac,
      clientIp: ipOf(query.get('ip')),
      originUrl: originUrlOf(query.get('lo')),
      signed: false,
      opaque: hasChallenge ? { ci: id.toString('hex'), cc: challenge.toString('hex') } : {},
      refusal: wordsOf(query.get('err')),
      isOnline: query.get('in') === 'yes',
    };
  },

  async release(gateway, { opaque }, { id, password }, { statusUrl }) {
    const login = (answer: string) => ({
      kind: 'redirect' as const,
      url: gatewayUrl(gateway, '/login', { username: id, password: answer, dst: statusUrl, popup: 'false' }),
    });
    if (gateway.settings.login !== 'chap') return login(password);
    const [chapId, challenge] = [opaque['ci'], opaque['cc']].map((hex) => Buffer.from(hex ?? '', 'hex'));
    if (chapId?.length !== 1 || challenge?.length !== 16)
      throw new AppError('config', 'the login page of the gateway sends no CHAP challenge');
    return login(chapResponse(chapId, password, challenge));
  },

  reply: ({ seconds, idleSeconds, downKbit, upKbit, totalOctets }: Grant) => {
    const attributes: ReplyAttribute[] = [];
    if (seconds !== null) attributes.push({ name: 'Session-Timeout', value: wholeSeconds(seconds) });
    if (idleSeconds !== null) attributes.push({ name: 'Idle-Timeout', value: wholeSeconds(idleSeconds) });
    // From the router's side: what it receives is the citizen's upload. 0 = unlimited.
    if (upKbit !== null || downKbit !== null)
      attributes.push({ name: 'Mikrotik-Rate-Limit', value: `${rate(upKbit)}/${rate(downKbit)}` });
    if (totalOctets !== null) {
      const { low, high } = inGigawords(Math.max(1, totalOctets));
      attributes.push({ name: 'Mikrotik-Total-Limit', value: low });
      if (high > 0) attributes.push({ name: 'Mikrotik-Total-Limit-Gigawords', value: high });
    }
    return attributes;
  },

  entryUrl: (gateway) => gatewayUrlIfKnown(gateway, '/login'),

  logoutUrl: (gateway) => gatewayUrlIfKnown(gateway, '/logout'),
});

const rate = (kbit: number | null): string => (kbit === null ? '0' : `${kbit}k`);
