import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '../../core/contract/contract.ts';
import type { Account } from '../../core/contract/session.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { isRegionCode, type RegionCode, regionLevel } from '../../core/domain/region.ts';
import { attemptLimiter } from '../../core/services/attempt-limiter.ts';
import { recordAudit } from '../../core/services/audit.ts';
import { OFFICER_PATH, officerLink } from '../../core/services/officer/officer-link.ts';
import { reportProblem } from '../../core/services/officer/report-problem.ts';
import { PHOTO_BYTES, type PhotoEncoder } from '../../core/services/photos/encode-photo.ts';
import { readSession } from '../../core/services/session.ts';
import { announcementPage, noticePage, signInPage, villagesPage } from '../officer/app/other-pages.ts';
import { passOn } from '../officer/app/pass-on.ts';
import { reportForm } from '../officer/app/report-form.ts';
import { APP_PATH, appUrl, keeperOf, type Viewer } from '../officer/app/shell.ts';
import { APP_POLICY, WORKER_FILE } from '../officer/app/style.ts';
import { villagePage } from '../officer/app/village-page.ts';
import type { Uploads } from '../officer/door.ts';
import { languageOf, textsOf } from '../officer/page.ts';
import type { ApiParts } from '../parts.ts';
import { authorise, sessionToken } from '../plugins/authorise.ts';
import { problemOf } from '../problem.ts';
import { officerSheet } from '../read-models/officer-sheet.ts';
import type { Reachability } from '../read-models/reachability.ts';
import type { Scope } from '../scope.ts';

type Deps = ApiParts & {
  readonly reachability: Reachability;
  readonly encodePhoto: PhotoEncoder;
  readonly uploads: Uploads;
};
type Asked = {
  readonly Params: { readonly code: RegionCode };
  readonly Querystring: Readonly<Record<string, unknown>>;
};
type Person = { readonly account: Account; readonly scope: Scope; readonly viewer: Viewer };

/** Engineers look at what an officer sees. */
const ROLES: readonly Role[] = ['officer', 'engineer', 'admin'];
const FORM_BYTES = 8 * 1024;
/** Boundaries and names around the fields and the one file of a report. */
const FORM_ROOM_BYTES = 64 * 1024;
const REPORT_LIMIT = { attempts: 30, windowMs: 15 * MINUTE };

/** Drawn of the mark when the web is built. */
const ICONS = [
  { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
  { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
  { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  { src: '/simpul.svg', sizes: 'any', type: 'image/svg+xml' },
];

/**
 * The app of village officers: HTML from here that works without script, and that a telephone keeps. It knows whoever is
 * signed in by the session of the web, and does what the API does, by the API's own calls where there is one.
 */
export const officerApp: FastifyPluginAsync<Deps> = async (app, deps) => {
  const { inventory, clock, log, config, siteDir } = deps;
  const { helpPhone } = config;
  const sessions = { sessions: inventory.sessions, clock };
  const links = officerLink({ ...config, clock });
  const limiter = attemptLimiter(clock, {
    pair: REPORT_LIMIT,
    name: REPORT_LIMIT,
    address: { ...REPORT_LIMIT, attempts: 600 },
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    async (_: unknown, body: string) => new URLSearchParams(body),
  );
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: PHOTO_BYTES + FORM_ROOM_BYTES },
    async (_: unknown, body: Buffer) => body,
  );
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', APP_POLICY).header('cache-control', 'no-store');
  });

  const send = (reply: FastifyReply, page: string, status = 200): FastifyReply =>
    reply.code(status).type('text/html; charset=utf-8').serializer(String).send(page);
  const viewerOf = (request: FastifyRequest, account: Account | null): Viewer => ({
    language: languageOf((request.query as { l?: unknown }).l),
    keeper: account === null ? null : keeperOf(account.id),
    helpPhone,
  });
  async function personOf(request: FastifyRequest): Promise<Person> {
    const token = sessionToken(request);
    const account = token === null ? null : await readSession(sessions, token);
    const scope = authorise(ROLES, account);
    if (account === null) throw new AppError('not-signed-in', 'sign in first');
    return { account, scope, viewer: viewerOf(request, account) };
  }
  async function villageOf(scope: Scope, code: string): Promise<{ readonly code: RegionCode; readonly name: string }> {
    if (!isRegionCode(code) || !scope.covers(code)) throw new AppError('not-found', 'there is no such village here');
    const region = await inventory.regions.get(code);
    if (region?.level !== 'village') throw new AppError('not-found', 'there is no such village here');
    return region;
  }
  const isOneVillage = ({ grant }: Scope): boolean => isRegionCode(grant) && regionLevel(grant) === 'village';

  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    const { code, status } = problem;
    if (status >= 500) log.error({ requestId: request.id, err: error }, 'a page of the officer app was not served');
    if (error instanceof AppError && error.retryAfterMs !== undefined)
      reply.header('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
    if (request.headers.accept?.includes('application/json'))
      return reply
        .code(status)
        .type('application/problem+json; charset=utf-8')
        .serializer(JSON.stringify)
        .send(problem);
    const viewer = viewerOf(request, null);
    if (code === 'not-signed-in') return reply.redirect(appUrl(viewer.language, '/masuk'), 303);
    const t = textsOf(viewer.language);
    const said = {
      forbidden: { title: t.app.forbiddenTitle, text: t.app.forbiddenText },
      'not-found': { title: t.app.nothingTitle, text: t.app.nothingText },
      'too-many-requests': t.problem.often,
      'too-large': t.problem['photo-too-large'],
      'not-supported': t.problem['photo-unreadable'],
      'bad-input': { title: t.problem.failed.title, text: t.app.badReport },
      conflict: { title: t.app.enoughTitle, text: t.app.enough },
    } as const;
    const known = said[code as keyof typeof said] ?? t.problem.failed;
    const { code: village } = request.params as { code?: string };
    const path = village !== undefined && isRegionCode(village) ? `/${village}` : '';
    const back = code === 'forbidden' || code === 'not-found' ? null : appUrl(viewer.language, path);
    return send(reply, noticePage(viewer, { ...known, path, back }), status);
  });

  async function showVillage(person: Person, code: RegionCode, request: FastifyRequest, reply: FastifyReply) {
    const { scope, viewer } = person;
    const sheet = await officerSheet(deps, scope, code);
    const { incident } = sheet;
    const url = incident === null ? null : links.urlFor({ incidentId: incident.incident.id, villageCode: code });
    const path = url === null ? null : url.slice(url.indexOf(OFFICER_PATH, config.publicUrl?.length ?? 0));
    const { ok } = request.query as { ok?: unknown };
    if (viewer.keeper !== null) reply.header('x-simpul-keeper', viewer.keeper);
    return send(
      reply,
      villagePage({
        ...viewer,
        sheet,
        questionsUrl: path === null ? null : `${path}${viewer.language === 'en' ? '?l=en' : ''}`,
        kept: ok === 'lapor' ? 'report' : ok === 'pengumuman' ? 'announcement' : null,
        hasOthers: !isOneVillage(scope),
      }),
    );
  }

  app.get(APP_PATH, async (request, reply) => {
    const person = await personOf(request);
    const { grant } = person.scope;
    if (isOneVillage(person.scope)) return await showVillage(person, grant, request, reply);
    const { q } = request.query as { q?: unknown };
    const [states, regions] = await Promise.all([
      inventory.coverage.villages(grant),
      inventory.regions.list({ region: grant === '' ? undefined : grant, level: 'village', pageSize: 100_000 }),
    ]);
    const names = new Map(regions.items.map(({ code, name }) => [code, name]));
    const villages = states.map(({ code, state }) => ({ code, state, name: names.get(code) ?? code }));
    if (person.viewer.keeper !== null) reply.header('x-simpul-keeper', person.viewer.keeper);
    const asked = typeof q === 'string' ? q.slice(0, 100) : '';
    return send(reply, villagesPage(person.viewer, { villages, q: asked, asOf: clock() }));
  });

  app.get<Asked>(`${APP_PATH}/:code`, async (request, reply) => {
    const person = await personOf(request);
    const { code } = await villageOf(person.scope, request.params.code);
    return await showVillage(person, code, request, reply);
  });

  app.post<Asked>(
    `${APP_PATH}/:code/lapor`,
    {
      bodyLimit: PHOTO_BYTES + FORM_ROOM_BYTES,
      // Before the first byte of the body is read.
      onRequest: async (request, reply) => {
        const { account, scope } = await personOf(request);
        await villageOf(scope, (request.params as Asked['Params']).code);
        const waitMs = limiter.take(account.id, request.ip);
        if (waitMs > 0) throw new AppError('too-many-requests', 'too many reports', { retryAfterMs: waitMs });
        deps.uploads.enter(reply);
      },
    },
    async (request, reply) => {
      const { account, scope, viewer } = await personOf(request);
      const village = await villageOf(scope, request.params.code);
      if (!Buffer.isBuffer(request.body)) throw new AppError('bad-input', 'this is no form of a report');
      const form = await reportForm(request.body, request.headers['content-type'] ?? '');
      await reportProblem(deps, { ...form, villageCode: village.code, accountId: account.id });
      await recordAudit(deps, {
        actor: { kind: 'account', id: account.id, name: account.displayName },
        action: 'officer-report',
        target: { kind: 'village', id: village.code, name: village.name },
        regionCode: village.code,
        outcome: 'done',
        after: { kind: form.kind, photo: form.photo !== null },
        address: request.ip,
      });
      if (request.headers.accept?.includes('application/json')) return { kept: true };
      const path = isOneVillage(scope) ? '' : `/${village.code}`;
      return reply.redirect(appUrl(viewer.language, path, { ok: 'lapor' }), 303);
    },
  );

  app.get<Asked>(`${APP_PATH}/:code/pengumuman`, async (request, reply) => {
    const { scope, viewer } = await personOf(request);
    const village = await villageOf(scope, request.params.code);
    const { items } = await inventory.portal.sites.list({ region: village.code, pageSize: 20 });
    const text = items.find(({ announcement }) => announcement !== '')?.announcement ?? '';
    return send(reply, announcementPage(viewer, { village, text, isWrong: false }));
  });

  app.post<Asked>(`${APP_PATH}/:code/pengumuman`, async (request, reply) => {
    const { scope, viewer } = await personOf(request);
    const village = await villageOf(scope, request.params.code);
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    // Forms say a line's end in two signs.
    const announcement = (form.get('text') ?? '').replaceAll('\r\n', '\n').trim();
    const { items } = await inventory.portal.sites.list({ region: village.code, pageSize: 20 });
    for (const { siteId } of items) {
      const call = { method: 'PATCH', url: `/api/v1/portal/sites/${siteId}`, payload: { announcement } } as const;
      const { status } = await passOn(app, request, call, reply);
      if (status === 400)
        return send(reply, announcementPage(viewer, { village, text: announcement, isWrong: true }), 400);
      if (status !== 200) throw new Error(`an announcement was answered with ${status}`);
    }
    const path = isOneVillage(scope) ? '' : `/${village.code}`;
    return reply.redirect(appUrl(viewer.language, path, { ok: 'pengumuman' }), 303);
  });

  app.get(`${APP_PATH}/masuk`, async (request, reply) => send(reply, signInPage(viewerOf(request, null), null)));

  app.post(`${APP_PATH}/masuk`, async (request, reply) => {
    const viewer = viewerOf(request, null);
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const payload = { name: (form.get('name') ?? '').trim(), password: form.get('password') ?? '' };
    const { status } = await passOn(app, request, { method: 'POST', url: '/api/v1/session', payload }, reply);
    if (status === 200) return reply.redirect(appUrl(viewer.language), 303);
    // A second step follows, which the web asks for.
    if (status === 202) return reply.redirect(`/sign-in?to=${encodeURIComponent(APP_PATH)}`, 303);
    const wrong = status === 429 ? 'often' : status >= 500 ? 'away' : 'wrong';
    return send(reply, signInPage(viewer, wrong, payload.name.slice(0, 100)), status);
  });

  app.post(`${APP_PATH}/keluar`, async (request, reply) => {
    await passOn(app, request, { method: 'DELETE', url: '/api/v1/session' }, reply);
    return reply.redirect(appUrl(languageOf((request.query as { l?: unknown }).l), '/masuk'), 303);
  });

  /** What the telephone shows where it has kept nothing. */
  app.get(`${APP_PATH}/putus`, async (request, reply) => {
    const viewer = viewerOf(request, null);
    const { lineTitle: title, lineText: text } = textsOf(viewer.language).app;
    return send(reply, noticePage(viewer, { title, text, path: '/putus', back: appUrl(viewer.language) }));
  });

  app.get(`${APP_PATH}/app.webmanifest`, async (request, reply) => {
    const language = languageOf((request.query as { l?: unknown }).l);
    const { name } = textsOf(language).app;
    const manifest = {
      ...{ id: APP_PATH, name, short_name: name, lang: language, start_url: appUrl(language), scope: APP_PATH },
      ...{ display: 'standalone', background_color: '#f6f7f9', theme_color: '#1f3a8a' },
      icons: ICONS,
    };
    return reply
      .type('application/manifest+json')
      .header('cache-control', 'no-cache')
      .serializer(JSON.stringify)
      .send(manifest);
  });

  app.get(`${APP_PATH}/sw.js`, async (_request, reply) => {
    if (siteDir === null) throw new AppError('not-found', 'the web is not built');
    // It reaches /desa itself, which stands above its own address.
    reply.header('service-worker-allowed', APP_PATH);
    return await reply.sendFile(WORKER_FILE);
  });
};
