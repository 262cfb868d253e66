import { Type } from 'typebox';
import { oneOf } from '../../core/contract/common.ts';
import { urlFault } from '../../core/delivery/http-settings.ts';
import { AppError } from '../../core/domain/errors.ts';
import { macOf } from '../../core/domain/portal/mac.ts';
import { originUrlOf } from '../family/reading.ts';
import { type Arrival, defineGateway, type FamilyTools } from '../gateway.ts';
import type { GuestApi, Settings } from '../unifi/api.ts';
import { classicApi } from '../unifi/classic.ts';
import { officialApi } from '../unifi/official.ts';
import { followed, pollGuests } from '../unifi/use.ts';

const SITE = '^[A-Za-z0-9_-]{1,40}$';

/**
 * UniFi access points with an external portal. The redirect is unsigned, and nothing comes from the network by itself:
 * the controller says who is a guest, is told to let them in, and is asked for what they used.
 */
export const gateway = defineGateway({
  title: { id: 'UniFi', en: 'UniFi' },
  settings: Type.Object(
    {
      controllerUrl: Type.String({ pattern: '^https?://[^\\s?#]+$', maxLength: 300 }),
      /** `official` needs UniFi Network 9.1.105 or newer. */
      api: oneOf(['official', 'classic']),
      /** Short name of the site, as in the addresses of the controller. */
      site: Type.Optional(Type.String({ pattern: SITE })),
      apiKey: Type.Optional(Type.String({ minLength: 8, maxLength: 300, pattern: '^[!-~]+$' })),
      /** A local account without a second factor. */
      user: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      password: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
      /** Of the controller's own certificate. */
      certificateSha256: Type.Optional(Type.String({ pattern: '^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$' })),
    },
    { additionalProperties: false },
  ),
  secrets: ['apiKey', 'password'],
  check: (settings) => {
    const fault = urlFault(settings, 'controllerUrl');
    if (fault !== null) return fault;
    const needed = settings['api'] === 'official' ? ['apiKey'] : ['user', 'password'];
    const missing = needed.find((name) => settings[name] === undefined);
    return missing === undefined ? null : { field: missing, reason: 'this API is not entered without it' };
  },

  /** The controller knows a host to send browsers to, but not an address there. */
  claims: ({ settings: { site = 'default' } }, { path }) => path.replace(/\/$/, '') === `/guest/s/${site}`,

  async arrive(_gateway, { query }): Promise<Arrival | null> {
    const clientMac = macOf(query.get('id'));
    if (clientMac === null) return null;
    const ap = macOf(query.get('ap'));
    return {
      clientMac,
      clientIp: null,
      originUrl: originUrlOf(query.get('url')),
      signed: false,
      opaque: ap === null ? {} : { ap },
      refusal: null,
      isOnline: false,
    };
  },

  async release(gateway, { clientMac, opaque }, { id, grant }, _next, tools) {
    if (clientMac === null) throw new AppError('bad-input', 'the arrival names no client');
    const api = apiOf(gateway.settings, tools);
    const guest = await api.guest(clientMac);
    // Whoever writes another's address into the query gives time away, at most; an address that is not there gets none.
    if (guest === null || !guest.isGuest) throw new AppError('bad-input', 'the controller knows no such guest');
    await api.authorize(clientMac, grant, opaque['ap'] ?? null);
    await followed(gateway.id, guest, { id, grant }, tools);
    return { kind: 'open' };
  },

  async end(gateway, { mac }, tools) {
    if (mac === null) return 'gone';
    try {
      return (await apiOf(gateway.settings, tools).unauthorize(mac)) ? 'ended' : 'gone';
    } catch (error) {
      if (error instanceof AppError && error.code === 'store-unavailable') return 'no-answer';
      throw error;
    }
  },

  poll: async (gateway, tools) => await pollGuests(gateway.id, apiOf(gateway.settings, tools), tools),

  /** Only the controller can end a session, and only we ask it. */
  logoutUrl: () => null,
});

const apiOf = (settings: Settings, { kept, signal }: FamilyTools): GuestApi =>
  settings.api === 'official' ? officialApi(settings, kept, signal) : classicApi(settings, kept, signal);
