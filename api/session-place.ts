import type { FastifyRequest } from 'fastify';
import { shortenedAddress } from '../core/domain/short-address.ts';
import { shortAgent } from '../core/domain/user-agent.ts';
import type { SessionPlace } from '../core/stores/inventory/sessions.ts';

/** What the owner of a session recognises it by later. */
export function placeOf(request: FastifyRequest): SessionPlace {
  const browser = shortAgent(request.headers['user-agent']);
  return { network: shortenedAddress(request.ip), browser: browser === '' ? null : browser };
}
