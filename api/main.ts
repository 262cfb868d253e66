import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import compress from '@fastify/compress';
import etag from '@fastify/etag';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import type { Contract } from '../core/contract/contract.ts';
import { getCoverage, getMap, getSummary } from '../core/contract/coverage.ts';
import { getPlanTable } from '../core/contract/coverage-plan.ts';
import { listDevices } from '../core/contract/devices.ts';
import { listIncidents } from '../core/contract/incidents.ts';
import { getNow } from '../core/contract/now.ts';
import { listOutages } from '../core/contract/outages.ts';
import { listSites } from '../core/contract/sites.ts';
import { getTopology, getTopologyNow } from '../core/contract/topology.ts';
import { listVillages } from '../core/contract/villages.ts';
import { MINUTE, SECOND } from '../core/domain/clock.ts';
import { officerLink } from '../core/services/officer/officer-link.ts';
import { photoEncoder } from '../core/services/photos/encode-photo.ts';
import { secondFactor } from '../core/services/second-factor.ts';
import { liveHub } from './live/hub.ts';
import { httpDurations } from './metrics/http-durations.ts';
import { processFigures } from './metrics/process.ts';
import { simpulFigures } from './metrics/simpul.ts';
import { officerDoor, uploads } from './officer/door.ts';
import type { ApiParts } from './parts.ts';
import { installAudit } from './plugins/audit.ts';
import { installAuthorise } from './plugins/authorise.ts';
import { installProblems, sendProblem } from './plugins/problems.ts';
import { installRequestLog } from './plugins/request-log.ts';
import { installSameOrigin } from './plugins/same-origin.ts';
import { installSecurityHeaders } from './plugins/security-headers.ts';
import { installSharedAnswers } from './plugins/shared-answers.ts';
import { installSite } from './plugins/site.ts';
import { PROBLEM_TYPE, problem } from './problem.ts';
import { changedOn } from './read-models/changed.ts';
import { counts } from './read-models/counts.ts';
import { finder } from './read-models/finder.ts';
import { reachability } from './read-models/reachability.ts';
import { accountSecurityRoutes } from './routes/account-security.ts';
import { accountRoutes } from './routes/accounts.ts';
import { auditRoutes } from './routes/audit.ts';
import { channelRoutes } from './routes/channels.ts';
import { coverageRoutes } from './routes/coverage.ts';
import { coveragePlanRoutes } from './routes/coverage-plan.ts';
import { credentialRoutes } from './routes/credentials.ts';
import { deviceBatchRoutes } from './routes/device-batches.ts';
import { deviceRoutes } from './routes/devices.ts';
import { docsRoutes } from './routes/docs.ts';
import { dutyRoutes } from './routes/duty.ts';
import { exclusionRoutes } from './routes/exclusions.ts';
import { healthRoutes } from './routes/health.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { inventoryFileRoutes } from './routes/inventory-files.ts';
import { linkRoutes } from './routes/links.ts';
import { listFileRoutes } from './routes/list-files.ts';
import { liveRoutes } from './routes/live.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { noticeRoutes } from './routes/notices.ts';
import { nowRoutes } from './routes/now.ts';
import { officerRoutes } from './routes/officer.ts';
import { officerApp } from './routes/officer-app.ts';
import { officerPages } from './routes/officer-pages.ts';
import { oidcRoutes } from './routes/oidc.ts';
import { outageRoutes } from './routes/outages.ts';
import { photoRoutes } from './routes/photos.ts';
import { portalDataRequestRoutes } from './routes/portal-data-requests.ts';
import { portalFigureRoutes } from './routes/portal-figures.ts';
import { portalGatewayRoutes } from './routes/portal-gateways.ts';
import { portalPhoneCodeRoutes } from './routes/portal-phone-codes.ts';
import { portalPlanRoutes } from './routes/portal-plans.ts';
import { portalSessionRoutes } from './routes/portal-sessions.ts';
import { portalSiteRoutes } from './routes/portal-sites.ts';
import { portalTermsRoutes } from './routes/portal-terms.ts';
import { portalVoucherRoutes } from './routes/portal-vouchers.ts';
import { recipientRoutes } from './routes/recipients.ts';
import { regionRoutes } from './routes/regions.ts';
import { rumRoutes } from './routes/rum.ts';
import { savedViewRoutes } from './routes/saved-views.ts';
import { searchRoutes } from './routes/search.ts';
import { securityRoutes } from './routes/security.ts';
import { sessionRoutes } from './routes/session.ts';
import { siteReportRoutes } from './routes/site-reports.ts';
import { siteRoutes } from './routes/sites.ts';
import { statementRoutes } from './routes/statements.ts';
import { systemRoutes } from './routes/system.ts';
import { topologyRoutes } from './routes/topology.ts';
import { villageRoutes } from './routes/villages.ts';
import { wallRoutes } from './routes/walls.ts';
import { buildSerializer, validatorCompiler } from './validation.ts';

/** What first screens ask for. */
const ASKED_FIRST: readonly Contract[] = [getNow, getSummary, getCoverage, getMap, getTopology, getTopologyNow];
/** What open screens ask for again when something happens. */
const ASKED_BY_MANY: readonly Contract[] = [
  ...[...ASKED_FIRST, getPlanTable],
  ...[listVillages, listSites, listDevices, listIncidents, listOutages],
];

/**
 * Connections that may wait to be taken. At a fault every open browser comes with several at once; one that finds no room
 * is sent away by the kernel and tries again only after seconds.
 */
export const BACKLOG = 4_096;

/** A body of JSON; the import of files has its own bound. */
const BODY_BYTES = 256 * 1024;

export type Api = FastifyInstance & {
  /** Works out what first screens ask of the whole province, for when the server listens. Never fails. */
  readonly warmUp: () => Promise<void>;
};

/**
 * The HTTP face of Simpul: API, live events, health, metrics and the built web. The caller listens and closes; the
 * stores are the caller's too.
 */
export async function buildApi(parts: ApiParts): Promise<Api> {
  const { inventory, series, bus, config, clock, log, siteDir, version } = parts;
  const startedAt = clock();
  const app = Fastify({
    logger: false,
    trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
    bodyLimit: BODY_BYTES,
    requestTimeout: 5 * MINUTE,
    keepAliveTimeout: 75 * SECOND,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    schemaController: { compilersFactory: { buildSerializer } },
    frameworkErrors: (error, request, reply) => {
      sendProblem(error, request, reply, log);
    },
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => refuse(error, socket),
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);

  const hub = liveHub(bus, clock, { touches: inventory.incidents.touches });
  const figuresOfProcess = processFigures(Date.now());
  const durations = httpDurations(app);
  const figuresOfSimpul = simpulFigures({ ...parts, hub });
  const views = reachability(inventory, series, clock);
  const counted = counts(inventory, clock);
  const forget = bus.subscribe((event) => {
    counted.forget();
    if (event.type === 'inventory-changed') views.forgetPlaces();
  });
  app.addHook('onClose', async () => {
    forget();
    hub.close();
    figuresOfProcess.stop();
  });

  installRequestLog(app, log);
  installProblems(app, log);
  installSecurityHeaders(app);
  installSameOrigin(app);
  await app.register(etag, { weak: true });
  await app.register(compress, { encodings: ['br', 'gzip'], globalDecompression: false });
  const contracts = collectContracts(app);
  await installAuthorise(app, { ...inventory, clock });
  installAudit(app, parts);
  const warmUp = installSharedAnswers(app, ASKED_BY_MANY, ASKED_FIRST);
  await installSite(app, siteDir);

  const changed = changedOn(bus, clock);
  const deps = { ...parts, reachability: views, counts: counted, changed, hub, startedAt };
  const figures = async () => [...figuresOfProcess.families(), durations(), ...(await figuresOfSimpul())];
  await app.register(healthRoutes, { ...parts, figures });
  await app.register(docsRoutes, { contracts, version });
  const withFactor = { ...deps, secondFactor: secondFactor({ ...inventory, clock, requiredFor: config.requireTotp }) };
  await app.register(sessionRoutes, withFactor);
  await app.register(oidcRoutes, withFactor);
  await app.register(securityRoutes, withFactor);
  await app.register(accountRoutes, deps);
  await app.register(accountSecurityRoutes, withFactor);
  await app.register(auditRoutes, deps);
  await app.register(rumRoutes, deps);
  await app.register(regionRoutes, deps);
  await app.register(coverageRoutes, deps);
  await app.register(coveragePlanRoutes, deps);
  await app.register(nowRoutes, deps);
  await app.register(savedViewRoutes, deps);
  await app.register(deviceBatchRoutes, deps);
  await app.register(listFileRoutes, deps);
  await app.register(searchRoutes, { finder: finder(parts) });
  await app.register(siteRoutes, deps);
  await app.register(villageRoutes, deps);
  await app.register(siteReportRoutes, deps);
  await app.register(deviceRoutes, deps);
  await app.register(linkRoutes, deps);
  await app.register(credentialRoutes, deps);
  await app.register(inventoryFileRoutes, deps);
  await app.register(outageRoutes, deps);
  await app.register(incidentRoutes, deps);
  const pictures = { encodePhoto: photoEncoder(), uploads: uploads() };
  const door = officerDoor(officerLink({ ...config, clock }), clock);
  await app.register(photoRoutes, { ...deps, ...pictures });
  await app.register(officerRoutes, { ...deps, ...pictures, door });
  await app.register(officerApp, { ...deps, ...pictures });
  await app.register(officerPages, { ...deps, ...pictures, door, helpPhone: config.helpPhone });
  await app.register(maintenanceRoutes, deps);
  await app.register(channelRoutes, deps);
  await app.register(recipientRoutes, deps);
  await app.register(dutyRoutes, deps);
  await app.register(noticeRoutes, deps);
  await app.register(statementRoutes, deps);
  await app.register(exclusionRoutes, deps);
  await app.register(portalPlanRoutes, deps);
  await app.register(portalSiteRoutes, deps);
  await app.register(portalGatewayRoutes, deps);
  await app.register(portalVoucherRoutes, deps);
  await app.register(portalSessionRoutes, deps);
  await app.register(portalFigureRoutes, deps);
  await app.register(portalPhoneCodeRoutes, deps);
  await app.register(portalTermsRoutes, deps);
  await app.register(portalDataRequestRoutes, deps);
  await app.register(topologyRoutes, deps);
  await app.register(wallRoutes, deps);
  await app.register(systemRoutes, deps);
  await app.register(liveRoutes, deps);
  await app.ready();
  return Object.assign(app, { warmUp });
}

/** Contracts as their routes are added. */
function collectContracts(app: FastifyInstance): readonly Contract[] {
  const contracts: Contract[] = [];
  app.addHook('onRoute', (route) => {
    if (isContract(route)) contracts.push(route);
  });
  return contracts;
}

/** Routes for HEAD are made from those for GET, and stand for no contract of their own. */
const isContract = (route: RouteOptions): route is RouteOptions & Contract =>
  'access' in route && 'summary' in route && route.method !== 'HEAD';

/** What is not even HTTP, or too slow or too long to be, still gets a problem for an answer. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(problem('bad-input', 'this is not a request'));
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
