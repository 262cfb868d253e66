import { Type } from 'typebox';
import { AppError } from '../../core/domain/errors.ts';
import { macOf } from '../../core/domain/portal/mac.ts';
import { gatewayUrl, gatewayUrlIfKnown } from '../family/address.ts';
import { ipOf, originUrlOf } from '../family/reading.ts';
import { type Arrival, defineGateway } from '../gateway.ts';
import { authmon, awaitedKey, isGatewayHash, usualGatewayName } from '../opennds/authmon.ts';
import { type FasLevel, fasFields, rhidOf, unescaped } from '../opennds/fas.ts';
import { scriptReport } from '../opennds/reports.ts';
import { binauthKey, signedGrant, signedLogin } from '../opennds/signed.ts';

const PORT = 2_050;
const HID = /^[0-9a-f]{64}$/;
const REFUSED = { status: 403, contentType: 'text/plain; charset=utf-8', body: '' };
const TAKEN = { status: 200, contentType: 'text/plain; charset=utf-8', body: 'ack' };

/**
 * openNDS as forwarding authentication service, levels 1 to 3. Limits reach it in its poller's answer (3) or signed in
 * `custom`, for our BinAuth script to check (1 and 2); the script reports what was used at every level.
 */
export const gateway = defineGateway({
  title: { id: 'openNDS', en: 'openNDS' },
  settings: Type.Object(
    {
      /** `fas_secure_enabled` of the gateway. Level 0 sends the token in clear and is not spoken. */
      level: Type.Integer({ minimum: 1, maximum: 3 }),
      faskey: Type.String({ minLength: 8, maxLength: 32, pattern: '^[A-Za-z0-9._~+=-]+$' }),
      /** As the gateway has it; where none is set, one that the configuration we write names. */
      gatewayName: Type.Optional(Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\r\\n\\t]+$' })),
      /** Levels 1 and 2: our BinAuth script runs on the gateway. Without it only the gateway's own limits hold. */
      binauth: Type.Optional(Type.Boolean()),
      /** Level 3: how often the gateway asks, seconds. openNDS takes 60 and more for 10. */
      pollSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 59 })),
    },
    { additionalProperties: false },
  ),
  secrets: ['faskey'],

  async arrive({ settings }, { query }): Promise<Arrival | null> {
    if (query.get('status') === 'authenticated')
      return {
        clientMac: null,
        clientIp: null,
        originUrl: null,
        signed: false,
        opaque: {},
        refusal: null,
        isOnline: true,
      };
    const fields = fasFields(query, settings.level as FasLevel, settings.faskey.reveal());
    const hid = fields?.get('hid') ?? '';
    if (fields === null || !HID.test(hid)) return null;
    return {
      clientMac: macOf(fields.get('clientmac') ?? null),
      clientIp: ipOf(fields.get('clientip') ?? null),
      originUrl: originUrlOf(unescaped(fields.get('originurl'))),
      signed: false,
      opaque: { hid },
      refusal: null,
      isOnline: false,
    };
  },

  async release(gateway, { opaque }, { id, grant }, { statusUrl }, { awaited }) {
    const { level, faskey, binauth, pollSeconds = 15 } = gateway.settings;
    const hid = opaque['hid'] ?? '';
    // A request to the gateway without a token ends openNDS before 10.1.2.
    if (!HID.test(hid)) throw new AppError('bad-input', 'the arrival names no client of the gateway');
    const key = faskey.reveal();
    const tok = rhidOf(hid, key);
    if (level === 3) {
      await awaited.put(gateway.id, awaitedKey(tok, signedLogin(id, hid, binauthKey(key))), grant, id);
      return { kind: 'awaited', withinSeconds: pollSeconds + 5 };
    }
    const custom = binauth === true ? signedGrant(id, grant, hid, binauthKey(key)) : id;
    return { kind: 'redirect', url: gatewayUrl(gateway, '/opennds_auth/', { tok, redir: statusUrl, custom }, PORT) };
  },

  async serve(gateway, { method, form }, tools) {
    if (method !== 'POST') return null;
    const { settings, id, ref } = gateway;
    const faskey = settings.faskey.reveal();
    const used = form.get('simpul_use');
    if (used !== null) {
      const report = scriptReport(id, used, form.get('simpul_signature') ?? '', binauthKey(faskey));
      if (report === null) return REFUSED;
      await tools.account(report);
      return TAKEN;
    }
    if (!form.has('auth_get')) return null;
    const name = settings.gatewayName ?? usualGatewayName(ref, faskey);
    if (settings.level !== 3 || !isGatewayHash(form.get('gatewayhash') ?? '', name)) return REFUSED;
    return await authmon(id, form, binauthKey(faskey), tools);
  },

  /** Nothing reaches an openNDS from outside: a session ends with the time that it was given. */
  end: async () => 'at-reentry',

  /** Before the log-in its first page answers 511, which sign-in sheets take for an error. */
  entryUrl: (gateway) => gatewayUrlIfKnown(gateway, '/login', {}, PORT),

  logoutUrl: (gateway) => gatewayUrlIfKnown(gateway, '/opennds_deny/', {}, PORT),
});
