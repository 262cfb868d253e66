import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { type AuditActor, type AuditEntry, cleaned, commonRegion, HIDDEN } from '../../core/domain/audit.ts';
import { AppError } from '../../core/domain/errors.ts';
import { shortAgent } from '../../core/domain/user-agent.ts';
import { auditBacklog, recordAudit } from '../../core/services/audit.ts';
import { OFFICER_PATH } from '../../core/services/officer/officer-link.ts';
import { kindOf, type Named, nameOf, type Stored, targetOf } from '../audit/targets.ts';
import type { ApiParts } from '../parts.ts';

/** What a handler tells the log where its address and answer do not: every field takes the place of what was guessed. */
export type AuditNote = Partial<Omit<AuditEntry, 'address' | 'agent'>> & {
  /** Nothing was done that anybody has to answer for, or the service has recorded it itself. */
  readonly isSilent?: boolean;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by a handler, read once the answer is on its way. */
    auditNote: AuditNote | null;
  }
}

type Deps = Pick<ApiParts, 'inventory' | 'clock' | 'log' | 'config'>;
type Seen = { readonly target: Named | null; readonly before: Stored | null; answer: unknown };

const SIGN_IN = '/api/v1/session';
/** Calls that change nothing that is kept, and such as come by themselves. */
const UNRECORDED: ReadonlySet<string> = new Set(['/api/v1/rum', '/api/v1/portal/voucher-batches/:batchId/sheet']);
/** Bodies that are nothing but secrets. */
const SECRET_BODY = /^\/api\/v1\/(session|me|password-link)(\/|$)/;
/** The work on what is broken, and the way in to it, go on while the log cannot be written. */
const EMERGENCY = /^\/api\/v1\/(session|incidents|officer|devices\/:deviceId\/poll)(\/|$)/;

/**
 * Records every call that may change something, once and in one place: whoever adds a route does nothing for it. What
 * the address names is read before and after; the row is written before the answer leaves. While rows cannot be
 * written, changes are refused with 503 and wait, but for emergencies: their rows wait in memory.
 */
export function installAudit(app: FastifyInstance, deps: Deps): void {
  const { inventory } = deps;
  const seen = new WeakMap<FastifyRequest, Seen>();
  const key = deps.config.secretKey?.reveal() ?? randomBytes(32).toString('hex');
  /** Tells one wrong name from another and holds none: people type their password there. */
  const tagOf = (name: string): string => createHmac('sha256', key).update(`audit ${name}`).digest('hex').slice(0, 8);

  app.decorateRequest('auditNote', null);
  app.addHook('onRoute', (route) => {
    const url = route.url;
    const isRecorded = url.startsWith('/api/v1/') || url.startsWith(OFFICER_PATH);
    if (!isChange(route) || !isRecorded || UNRECORDED.has(url) || url.endsWith('/preview')) return;
    const isTried = hasTrial(route);
    const isEmergency = EMERGENCY.test(url) || url.startsWith(OFFICER_PATH);
    const look = async (request: FastifyRequest): Promise<void> => {
      if (!isEmergency && (await auditBacklog(deps)).waiting > 0)
        throw new AppError('store-unavailable', 'changes wait: the audit log cannot be written');
      const target = targetOf(inventory, url, paramsOf(request));
      // What cannot be read, such as settings sealed by a key that is gone, can still be changed or removed.
      const before = (await target?.read().catch(() => null)) ?? null;
      seen.set(request, { target, before, answer: undefined });
    };
    const keep = async (request: FastifyRequest, _reply: FastifyReply, payload: unknown): Promise<unknown> => {
      const found = seen.get(request);
      if (found !== undefined) found.answer = payload;
      return payload;
    };
    const write = async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
      const entry = isTried && isTrial(request) ? null : await entryOf(request, reply, url);
      if (entry !== null) await recordAudit(deps, entry);
      return payload;
    };
    route.preHandler = [...listOf(route.preHandler), look];
    route.preSerialization = [...listOf(route.preSerialization), keep];
    route.onSend = [write, ...listOf(route.onSend)];
  });

  async function entryOf(request: FastifyRequest, reply: FastifyReply, url: string): Promise<AuditEntry | null> {
    const { auditNote: note, account } = request;
    if (note?.isSilent) return null;
    const found = seen.get(request) ?? { target: null, before: null, answer: undefined };
    const status = reply.statusCode;
    const outcome = status < 400 ? 'done' : status >= 500 ? 'failed' : 'refused';
    const from = { address: request.ip, agent: shortAgent(request.headers['user-agent']) };
    if (url === SIGN_IN && request.method === 'POST' && note === null) {
      const entry = await signInOf(request, status, found.answer);
      return entry === null ? null : { ...entry, ...from };
    }
    // What nobody in particular sent and nothing came of is noise, and would be a way to fill the log.
    const isWorthIt = outcome !== 'refused' || status === 403 || note !== null;
    const actor = note?.actor ?? (await actorOf(request));
    if (!isWorthIt || (actor === null && outcome !== 'done') || status === 503 || status === 429) return null;
    const isSignOut = url === SIGN_IN && request.method === 'DELETE';
    if (isSignOut && account === null) return null;
    const named = found.target ?? targetOf(inventory, url, paramsOf(request));
    const deed =
      outcome === 'done'
        ? await deedOf(request, found, url)
        : { region: account?.regionCode ?? '', target: { kind: named?.kind ?? kindOf(url), id: named?.id ?? null } };
    return {
      actor: actor ?? NOBODY,
      action: isSignOut ? 'sign-out' : `${request.method} ${url}`,
      target: deed.target,
      regionCode: deed.region,
      outcome,
      ...('before' in deed ? { before: deed.before, after: deed.after } : {}),
      ...note,
      ...from,
    };
  }

  /** What was done, from what stood there before and what stands there now. */
  async function deedOf(request: FastifyRequest, { target, before, answer }: Seen, url: string) {
    const own = request.account?.regionCode ?? '';
    const body = SECRET_BODY.test(url) ? null : fieldsOf(request.body);
    const hidden = Object.fromEntries(
      Object.entries(fieldsOf(cleaned(body)) ?? {}).filter(([, value]) => value === HIDDEN),
    );
    const now = target === null ? null : await target.read().catch(() => null);
    if (target !== null && (before !== null || now !== null)) {
      const regions = [regionOf(before), regionOf(now)].filter((code) => code !== null);
      const isSame = JSON.stringify(before) === JSON.stringify(now);
      return {
        target: { kind: target.kind, id: target.id, name: nameOf(now ?? before) },
        region: regions.length === 0 ? own : regions.reduce(commonRegion),
        // Work beside the thing, such as a comment or a poll, leaves it as it was: what was asked says more.
        before: isSame ? undefined : before,
        after: isSame ? body : now === null ? undefined : { ...now, ...hidden },
      };
    }
    const made = fieldsOf(answer);
    const id = request.method === 'POST' && typeof made?.['id'] === 'string' ? made['id'] : null;
    const kind = target?.kind ?? kindOf(url);
    const stored = id === null ? null : await targetOf(inventory, url, { [`${kind}Id`]: id })?.read();
    const thing = stored ?? (id === null ? null : made);
    return {
      target: { kind, id: id ?? target?.id ?? null, name: nameOf(thing ?? body) },
      region: regionOf(thing ?? body) ?? own,
      before: undefined,
      after: thing === null ? body : { ...thing, ...hidden },
    };
  }

  /** Who got in, or whom somebody tried to be. */
  async function signInOf(request: FastifyRequest, status: number, answer: unknown): Promise<AuditEntry | null> {
    const tried = fieldsOf(request.body)?.['name'];
    const name = typeof tried === 'string' ? tried.trim().toLowerCase() : '';
    if (status < 400) {
      const made = fieldsOf(answer);
      const inside = fieldsOf(made?.['account']) ?? made;
      // Not in yet: a second factor is asked for, and tells by itself how it went.
      if (typeof inside?.['id'] !== 'string') return null;
      const account = { id: inside['id'], displayName: String(inside['displayName'] ?? '') };
      return {
        actor: { kind: 'account', id: account.id, name: account.displayName },
        action: 'sign-in',
        target: { kind: 'account', id: account.id, name: account.displayName },
        regionCode: regionOf(inside) ?? '',
        outcome: 'done',
      };
    }
    if (status !== 401 || name === '') return null;
    const known = await inventory.accounts.forSignIn(name).catch(() => null);
    return {
      actor: {
        kind: 'nobody',
        id: null,
        name: known === null ? `${name.slice(0, 1)}… #${tagOf(name)}` : known.displayName,
      },
      action: 'sign-in',
      target: known === null ? undefined : { kind: 'account', id: known.id, name: known.displayName },
      regionCode: known?.regionCode ?? '',
      outcome: 'refused',
    };
  }
}

const NOBODY: AuditActor = { kind: 'nobody', id: null, name: '-' };

async function actorOf({ account, apiToken }: FastifyRequest): Promise<AuditActor | null> {
  if (account === null) return null;
  if (apiToken !== null) return { kind: 'token', id: apiToken.id, name: `${account.displayName} · ${apiToken.name}` };
  return { kind: 'account', id: account.id, name: account.displayName };
}

const METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const isChange = ({ method }: Pick<RouteOptions, 'method'>): boolean =>
  typeof method === 'string' && METHODS.has(method);

/** A change of many things is tried first, unless it is told otherwise. */
const hasTrial = ({ schema }: Pick<RouteOptions, 'schema'>): boolean => {
  const { properties } = (schema?.querystring ?? {}) as { readonly properties?: object };
  return properties !== undefined && 'dryRun' in properties;
};
const isTrial = ({ query }: FastifyRequest): boolean => (query as { readonly dryRun?: unknown }).dryRun !== false;

const paramsOf = ({ params }: FastifyRequest): Readonly<Record<string, string>> =>
  (params ?? {}) as Readonly<Record<string, string>>;

const fieldsOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
    ? (value as Record<string, unknown>)
    : null;

function regionOf(thing: Stored | null): string | null {
  const code = thing?.['regionCode'];
  return typeof code === 'string' ? code : null;
}

const listOf = <T>(hooks: T | T[] | undefined): T[] =>
  hooks === undefined ? [] : Array.isArray(hooks) ? hooks : [hooks];
