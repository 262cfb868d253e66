import { isIP } from 'node:net';
import type { Clock } from '../core/domain/clock.ts';
import { AppError } from '../core/domain/errors.ts';
import type { Log } from '../core/log/log.ts';
import type { Inventory } from '../core/stores/inventory/inventory.ts';
import type { OpenPortalGateway } from '../core/stores/inventory/portal/gateways.ts';
import type { EndAsked } from '../core/stores/inventory/portal/sessions.ts';
import type { EndAnswer, FamilyTools, GatewayFamilies } from './gateway.ts';
import type { DisconnectClient } from './radius/disconnect.ts';

export type Ending = {
  /** Does what was asked for and not done yet. */
  run(): Promise<void>;
  /** One session, at once. @returns what its gateway answered, as it is written down */
  end(asked: EndAsked): Promise<EndAnswer>;
};

export type EndingParts = {
  readonly inventory: Pick<Inventory, 'portal'>;
  readonly families: GatewayFamilies;
  readonly familyTools: FamilyTools;
  readonly disconnect: Pick<DisconnectClient, 'end'>;
  /** Where a gateway's RADIUS packets came from last. */
  readonly lastAddressOf: (gatewayId: string) => string | null;
  readonly clock: Clock;
  readonly log: Log;
};

const AT_ONCE = 32;

/**
 * Ends sessions that somebody asked to end: by the family's own way (a controller), else by RADIUS Disconnect where the
 * gateway takes it. Where neither is possible the session ends with its time, and the device is asked anew: that is what
 * is written down, never more than the gateway said.
 */
export function ending(parts: EndingParts): Ending {
  const { inventory, families, familyTools, disconnect, lastAddressOf, clock, log } = parts;
  const { sessions, gateways } = inventory.portal;
  const underWay = new Set<string>();

  async function answerOf(gateway: OpenPortalGateway, asked: EndAsked): Promise<EndAnswer> {
    const { contact, loginId, acctSessionId } = asked;
    if (contact === null) return 'gone';
    const family = families.get(gateway.family);
    if (family?.end !== undefined) {
      const client = { loginId, userName: contact.userName, mac: contact.callingStationId, ip: contact.framedIp };
      return await family.end(gateway, client, familyTools).catch((error: unknown) => {
        if (error instanceof AppError) return 'no-answer';
        throw error;
      });
    }
    const { coaPort: port, radiusSecret: secret, radiusAddress } = gateway;
    const address = radiusAddress !== null && isIP(radiusAddress) !== 0 ? radiusAddress : lastAddressOf(gateway.id);
    if (port === null || secret === null || address === null) return 'at-reentry';
    return (await disconnect.end({ address, port, secret }, { ...contact, acctSessionId })).kind;
  }

  async function end(asked: EndAsked): Promise<EndAnswer> {
    const gateway = await gateways.open(asked.gatewayId);
    const answer = await answerOf(gateway, asked);
    const cause = answer === 'ended' ? 'Admin-Reset' : answer === 'gone' ? 'lost' : null;
    await sessions.answerEnd(asked.id, answer, cause === null ? null : { at: clock(), cause });
    log.info({ gatewayId: gateway.id, sessionId: asked.id, answer }, 'the end of a session was asked for');
    return answer;
  }

  return {
    end,
    async run() {
      const asked = (await sessions.endAsked(AT_ONCE)).filter(({ id }) => !underWay.has(id));
      await Promise.all(
        asked.map(async (one) => {
          underWay.add(one.id);
          try {
            await end(one);
          } catch (error) {
            log.warn({ sessionId: one.id, reason: String(error) }, 'the end of a session could not be asked for');
          } finally {
            underWay.delete(one.id);
          }
        }),
      );
    },
  };
}
