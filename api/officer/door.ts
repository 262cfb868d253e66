import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Clock, MINUTE } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { type AttemptLimit, type AttemptLimiter, attemptLimiter } from '../../core/services/attempt-limiter.ts';
import type { OfficerGrant, OfficerLinks } from '../../core/services/officer/officer-link.ts';
import type { AuditNote } from '../plugins/audit.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the link of the request opens, on routes that take a photograph. */
    officer: OfficerGrant | null;
  }
}

export type OfficerDeed = 'look' | 'answer' | 'photo';

const limit = (attempts: number): AttemptLimit => ({ attempts, windowMs: 15 * MINUTE });
/**
 * One telephone at one village; a village from anywhere; one address at all villages: whole provinces of telephones
 * come from the few addresses of a mobile network.
 */
const LIMITS = {
  look: { pair: limit(120), name: limit(400), address: limit(4_000) },
  answer: { pair: limit(30), name: limit(60), address: limit(1_000) },
  photo: { pair: limit(12), name: limit(20), address: limit(300) },
} as const;
/** Each may hold 8 MB of memory while it arrives. */
const UPLOADS_AT_ONCE = 8;
const UPLOAD_RETRY_MS = 5_000;

export type OfficerDoor = {
  /** @throws AppError as `OfficerLinks.read` does, `too-many-requests` */
  open(request: FastifyRequest, token: string, deed: OfficerDeed): OfficerGrant;
};

/** Lets in who holds a link, and no more often than people do. */
export function officerDoor(links: OfficerLinks, clock: Clock): OfficerDoor {
  const limiters: Readonly<Record<OfficerDeed, AttemptLimiter>> = {
    look: attemptLimiter(clock, LIMITS.look),
    answer: attemptLimiter(clock, LIMITS.answer),
    photo: attemptLimiter(clock, LIMITS.photo),
  };
  return {
    open(request, token, deed) {
      const grant = links.read(token);
      const waitMs = limiters[deed].take(`${grant.incidentId} ${grant.villageCode}`, request.ip);
      if (waitMs > 0) throw new AppError('too-many-requests', 'too often in a short time', { retryAfterMs: waitMs });
      if (deed !== 'look') request.auditNote = noteOf(grant, deed);
      return grant;
    },
  };
}

/** Who holds a link has no account: the log tells by the village whose link it is. */
const noteOf = ({ incidentId, villageCode }: OfficerGrant, deed: 'answer' | 'photo'): AuditNote => ({
  actor: { kind: 'officer', id: null, name: villageCode },
  action: `officer-${deed}`,
  target: { kind: 'incident', id: incidentId, name: null },
  regionCode: villageCode,
});

export type Uploads = {
  /** Takes a place until the request is answered or broken off. @throws AppError `too-many-requests` */
  enter(reply: FastifyReply): void;
};

/** Bodies of photographs that may arrive at once. */
export function uploads(): Uploads {
  let under = 0;
  return {
    enter(reply) {
      if (under >= UPLOADS_AT_ONCE)
        throw new AppError('too-many-requests', 'too many photographs at once', { retryAfterMs: UPLOAD_RETRY_MS });
      under += 1;
      let isIn = true;
      const leave = (): void => {
        if (isIn) under -= 1;
        isIn = false;
      };
      reply.raw.once('finish', leave).once('close', leave);
    },
  };
}
