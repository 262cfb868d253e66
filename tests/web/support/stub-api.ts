import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { CONTENT_SECURITY_POLICY } from '../../../api/plugins/security-headers.ts';
import type { Role } from '../../../core/contract/contract.ts';
import type { SystemStatus } from '../../../core/contract/system.ts';
import { HOUR, MINUTE } from '../../../core/domain/clock.ts';
import { covers } from '../../../core/domain/region.ts';
import { STUB_PEOPLE, StubIncidents } from './stub-incidents.ts';
import { stubLinkHealth, stubLinks } from './stub-links.ts';
import { CHANNEL_KINDS, StubNotices } from './stub-notices.ts';
import { StubProvince, sharedFile } from './stub-province.ts';
import { stubSearch, stubStart } from './stub-start.ts';
import { stubStatement, stubStatementList } from './stub-statements.ts';
import { stubDrawing, stubNow } from './stub-topology.ts';
import { stubVillages } from './stub-villages.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

type Answer = { readonly status: number; readonly body: unknown };
const problem = (status: number, code: string): Answer => ({
  status,
  body: { type: `https://simpul/problems/${code}`, title: code, status, code },
});
const page = <T>(items: readonly T[], query: URLSearchParams): Answer => {
  const number = Number(query.get('page') ?? 1);
  const size = Number(query.get('pageSize') ?? 100);
  const body = {
    items: items.slice((number - 1) * size, number * size),
    total: items.length,
    page: number,
    pageSize: size,
  };
  return { status: 200, body };
};
const matches = (q: string | null, ...texts: readonly (string | null)[]): boolean =>
  q === null || texts.some((text) => text?.toLowerCase().includes(q.toLowerCase()) === true);

type Body = Readonly<Record<string, unknown>>;
function readBody(request: IncomingMessage, use: (body: Body) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString();
    use(text === '' ? {} : (JSON.parse(text) as Body));
  });
}

export type StubOptions = {
  /** The built site, served beside the API with the fallback to its index. */
  readonly siteDir?: string;
  readonly port?: number;
  readonly signedIn?: boolean;
  readonly role?: Role;
  readonly faults?: boolean;
};

/** How a path answers instead: a status with its code, an empty list, or not before it is bent anew. */
type Bend = 'empty' | 'later' | { readonly status: number; readonly code: string };

/**
 * A server that speaks the API's contract over a province in memory, for looking at screens and testing them in each of
 * their states without the real parts behind.
 */
export class StubApi {
  readonly province: StubProvince;
  readonly incidents: StubIncidents;
  readonly notices = new StubNotices();
  /** Polygons answer 404 while this is false. */
  shapes = true;
  /** What hangs on what; another may be put in its place. */
  drawing: ReturnType<typeof stubDrawing>;
  private signedIn: boolean;
  private readonly role: Role;
  private readonly siteDir: string | undefined;
  private readonly bends = new Map<string, Bend>();
  /** Questions that wait for their answer. */
  private held: (() => void)[] = [];
  private readonly lines = new Set<ServerResponse>();
  private readonly server = createServer((request, response) => this.handle(request, response));
  private eventId = 0;

  private constructor(options: StubOptions) {
    this.siteDir = options.siteDir;
    this.signedIn = options.signedIn ?? true;
    this.role = options.role ?? 'admin';
    this.province = new StubProvince(options.faults === undefined ? {} : { faults: options.faults });
    this.incidents = new StubIncidents(this.province);
    this.drawing = stubDrawing(this.province);
    this.province.listen((event) => {
      this.eventId += 1;
      for (const line of this.lines)
        line.write(`id: ${this.eventId}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    });
  }

  static async start(options: StubOptions = {}): Promise<StubApi> {
    const stub = new StubApi(options);
    await new Promise<void>((resolve) => stub.server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return stub;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the stub does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Makes every path that begins with `prefix` answer otherwise, until `straighten`. */
  bend(prefix: string, bend: Bend): void {
    this.bends.set(prefix, bend);
    this.letGo();
  }

  straighten(): void {
    this.bends.clear();
    this.letGo();
  }

  private letGo(): void {
    const { held } = this;
    this.held = [];
    for (const answer of held) answer();
  }

  /** Cuts every live line, as a restart of the server would. */
  cutLines(): void {
    for (const line of this.lines) line.destroy();
  }

  async stop(): Promise<void> {
    this.cutLines();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://stub');
    response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
    if (!url.pathname.startsWith('/api/')) {
      this.serveSite(url.pathname, response);
      return;
    }
    const bend = [...this.bends].find(([prefix]) => url.pathname.startsWith(prefix))?.[1];
    if (bend === 'later') {
      this.held.push(() => {
        if (!response.destroyed) this.handle(request, response);
      });
      return;
    }
    if (bend === undefined && request.method === 'POST' && url.pathname.startsWith('/api/v1/incidents/')) {
      this.workOnIncident(url, request, response);
      return;
    }
    if (bend === undefined && this.notices.isAbout(url.pathname)) {
      this.workOnNotices(url, request, response);
      return;
    }
    if (url.pathname === '/api/v1/live' && bend === undefined) {
      this.openLine(request, response);
      return;
    }
    const answer =
      bend === undefined
        ? this.answer(request.method ?? 'GET', url)
        : bend === 'empty'
          ? this.empty(url)
          : problem(bend.status, bend.code);
    response.writeHead(answer.status, {
      'content-type': answer.status >= 400 ? 'application/problem+json' : 'application/json',
      'cache-control': 'no-store',
    });
    response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
  }

  private workOnIncident(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const [, , , , id = '', verb = ''] = url.pathname.split('/');
    readBody(request, (body) => {
      const changed = this.incidents.act(id, verb, body);
      response.writeHead(changed === null ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(changed ?? problem(404, 'not-found').body));
    });
  }

  private workOnNotices(url: URL, request: IncomingMessage, response: ServerResponse): void {
    readBody(request, (body) => {
      const answer = this.notices.answer(request.method ?? 'GET', url.pathname.replace('/api/v1', ''), body);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
    });
  }

  private openLine(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    this.lines.add(response);
    request.on('close', () => this.lines.delete(response));
  }

  private serveSite(path: string, response: ServerResponse): void {
    if (this.siteDir === undefined) {
      response.writeHead(404).end();
      return;
    }
    const asked = normalize(join(this.siteDir, path));
    const isInside = asked.startsWith(this.siteDir + sep);
    const isFile = isInside && statSync(asked, { throwIfNoEntry: false })?.isFile() === true;
    const file = isFile ? asked : join(this.siteDir, 'index.html');
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  }

  private empty({ pathname }: URL): Answer {
    const region = { code: '16', name: 'Sumatera Selatan' };
    const now = Date.now();
    if (pathname.endsWith('/coverage'))
      return { status: 200, body: { region, edition: null, from: now, to: now, asOf: now, rows: [] } };
    if (pathname.endsWith('/map')) return { status: 200, body: { villages: [], sites: [], asOf: now } };
    if (pathname.endsWith('/readings')) return { status: 200, body: { items: [], findings: [] } };
    if (pathname.endsWith('/interfaces')) return { status: 200, body: { items: [], asOf: now } };
    if (pathname.endsWith('/statements'))
      return { status: 200, body: { month: '2026-11', firstMonth: null, items: [] } };
    if (pathname.endsWith('/states')) return { status: 200, body: { spans: [] } };
    if (pathname.endsWith('/series'))
      return { status: 200, body: { from: now, to: now, stepMs: 1000, times: [], series: [] } };
    return { status: 200, body: { items: [], total: 0, page: 1, pageSize: 100 } };
  }

  private account() {
    return {
      id: '00000000-0000-4000-8000-0000000000aa',
      name: 'sri',
      displayName: 'Sri Wahyuni',
      role: this.role,
      regionCode: '',
      agencySiteId:
        this.role === 'agency' ? (this.province.sites.find(({ kind }) => kind === 'agency')?.id ?? null) : null,
      disabled: false,
    };
  }

  private answer(method: string, { pathname, searchParams: query }: URL): Answer {
    const path = pathname.replace('/api/v1', '');
    if (path === '/session') return this.session(method);
    if (path === '/session/ways') return { status: 200, body: { oidc: null } };
    if (!this.signedIn) return problem(401, 'not-signed-in');
    const scope = query.get('region') ?? '16';
    const q = query.get('q');
    const has = (name: string, value: string | null): boolean => (query.get(name) ?? value) === value;
    const { province } = this;
    switch (path) {
      case '/now':
        return { status: 200, body: stubStart(province, this.incidents, scope) };
      case '/search':
        return { status: 200, body: stubSearch(province, q ?? '') };
      case '/report-policy':
        return { status: 200, body: { people: 5, minutes: 30 } };
      case '/site-reports':
        return { status: 200, body: { items: [] } };
      case '/summary':
        return { status: 200, body: province.summary(scope) };
      case '/coverage': {
        const now = Date.now();
        const body = {
          region: { code: '16', name: 'Sumatera Selatan' },
          edition: '2025',
          from: now - 720 * HOUR,
          to: now,
          asOf: now,
          rows: province.coverage(scope),
        };
        return { status: 200, body };
      }
      case '/map':
        return { status: 200, body: province.map(scope) };
      case '/outages': {
        const open = query.get('open');
        const from = Number(query.get('from') ?? 0);
        const found = province.outages
          .filter(({ regionCode }) => covers(scope, regionCode))
          .filter(({ endedAt }) => open === null || (open === 'true') === (endedAt === null))
          .filter(({ deviceId }) => query.get('deviceId') === null || deviceId === query.get('deviceId'))
          .filter(({ endedAt }) => (endedAt ?? Number.POSITIVE_INFINITY) >= from)
          .filter(({ place, siteName, deviceName }) => matches(q, place, siteName, deviceName))
          .sort((a, b) => b.startedAt - a.startedAt);
        return page(found, query);
      }
      case '/incidents': {
        const open = query.get('open');
        const from = Number(query.get('from') ?? 0);
        const found = this.incidents
          .all()
          .filter(({ regionCode }) => covers(scope, regionCode))
          .filter(({ closedAt }) => open === null || (open === 'true') === (closedAt === null))
          .filter(({ endedAt }) => (endedAt ?? Number.POSITIVE_INFINITY) >= from)
          .filter(({ root }) => matches(q, root?.siteName ?? null, root?.deviceName ?? null, root?.place ?? null));
        return page(found, query);
      }
      case '/devices':
        return page(
          province.devices
            .filter(
              ({ regionCode, state, kind }) =>
                covers(scope, regionCode) &&
                (query.get('state') ?? state) === state &&
                (query.get('kind') ?? kind) === kind,
            )
            .filter(({ name, host, mac, siteName, code }) => matches(q, name, host, mac, siteName, code))
            .map((device) => province.deviceView(device)),
          query,
        );
      case '/sites':
        return page(
          province.sites
            .map(province.siteView)
            .filter(
              ({ regionCode, state, kind }) =>
                covers(scope, regionCode) &&
                (query.get('state') ?? state) === state &&
                (query.get('kind') ?? kind) === kind,
            )
            .filter(({ status }) => (query.get('status') ?? status) === status)
            .filter(({ name, code, regionName }) => matches(q, name, code, regionName)),
          query,
        );
      case '/links': {
        const [siteId, deviceId] = [query.get('siteId'), query.get('deviceId')];
        const found = stubLinks(province)
          .filter((link) => siteId === null || link.fromSiteId === siteId || link.toSiteId === siteId)
          .filter((link) => deviceId === null || link.deviceId === deviceId)
          .filter(({ state, medium }) => has('state', state) && has('medium', medium))
          .filter(({ name, code, provider }) => matches(q, name, code, provider));
        return page(found, query);
      }
      case '/villages':
        return page(
          stubVillages(province, scope, query.get('all') === 'true').filter(
            ({ name, code, state }) => has('state', state) && matches(q, name, code),
          ),
          query,
        );
      case '/topology':
        return { status: 200, body: this.drawing.topology };
      case '/topology/now':
        return { status: 200, body: stubNow(this.drawing) };
      case '/regions':
        return page(
          [...province.regions.values()].filter(
            ({ level, name, code }) =>
              (query.get('level') ?? level) === level && matches(q, name, code) && covers(scope, code),
          ),
          query,
        );
      case '/statements':
        return { status: 200, body: stubStatementList(province) };
      case '/rum':
        return { status: 200, body: { isOn: false } };
      case '/system':
        return { status: 200, body: this.system() };
      case '/catalogue': {
        const kinds = ['router', 'access-point'].map((id) => ({ id, title: `deviceKind.${id}`, settings: null }));
        return {
          status: 200,
          body: { deviceKinds: kinds, credentialKinds: [], probes: [], channelKinds: CHANNEL_KINDS },
        };
      }
      case '/accounts':
        return page(
          [
            { ...this.account(), regionName: '' },
            {
              ...this.account(),
              regionName: 'Kabupaten Muara Enim',
              id: '00000000-0000-4000-8000-0000000000ab',
              name: 'budi',
              displayName: 'Budi Santoso',
              role: 'officer',
              regionCode: '16.03',
            },
          ],
          query,
        );
    }
    return this.one(path, query);
  }

  private one(path: string, query: URLSearchParams): Answer {
    const { province } = this;
    const [, resource = '', id = '', part] = path.split('/');
    const found = (body: unknown): Answer => (body === null ? problem(404, 'not-found') : { status: 200, body });
    if (resource === 'regions' && part === 'shapes') return this.shape(id);
    if (resource === 'statements') return found(stubStatement(province, id, query));
    if (resource === 'incidents' && part === 'sites') return page(this.incidents.sites(id), query);
    if (resource === 'incidents' && (part === 'notices' || part === 'photos')) return found({ items: [] });
    if (resource === 'incidents')
      return found(part === 'assignees' ? { items: STUB_PEOPLE } : this.incidents.detail(id));
    if (resource === 'links' && part === undefined)
      return found(stubLinks(province).find((link) => link.id === id) ?? null);
    if (resource === 'links') return found(stubLinkHealth(province, id));
    if (resource === 'villages' && part === 'reports') return found({ items: [] });
    if (resource === 'villages') return found(province.village(id));
    if (resource === 'sites') {
      const site = province.sites.find((candidate) => candidate.id === id);
      if (site === undefined) return problem(404, 'not-found');
      const devices = province.devices
        .filter(({ siteId }) => siteId === id)
        .map((device) => province.deviceView(device));
      return found({ ...province.siteView(site), devices });
    }
    if (resource !== 'devices' || province.detail(id) === null) return problem(404, 'not-found');
    const from = Number(query.get('from'));
    const to = Number(query.get('to'));
    if (part === 'interfaces') return found(province.interfaces(id));
    if (part === 'readings') return found(province.readings());
    if (part === 'states') return found({ spans: province.states(id, from, to) });
    if (part === 'series') return found(province.series(id, (query.get('metrics') ?? '').split(','), from, to));
    if (part === 'poll') return { status: 202, body: { queued: true } };
    return found(province.detail(id));
  }

  private session(method: string): Answer {
    if (method === 'DELETE') {
      this.signedIn = false;
      return { status: 204, body: null };
    }
    if (method === 'POST') {
      this.signedIn = true;
      return { status: 200, body: this.account() };
    }
    return { status: 200, body: { account: this.signedIn ? this.account() : null, step: null } };
  }

  private shape(code: string): Answer {
    const file = sharedFile(`geo/admin-${code}.topo.json`);
    if (!this.shapes || file === null) return problem(404, 'not-found');
    const topology = JSON.parse(readFileSync(file, 'utf8')) as {
      objects: Record<string, { geometries: { id?: string; properties: { code: string; name: string } }[] }>;
    };
    const regions = topology.objects['regencies'];
    for (const geometry of regions?.geometries ?? []) geometry.id = geometry.properties.code;
    return { status: 200, body: { ...topology, objects: { regions } } };
  }

  private system(): SystemStatus {
    const now = Date.now();
    const job = (id: string, lastError: string | null) => ({
      id,
      running: false,
      lastStartedAt: now - 8 * MINUTE,
      lastFinishedAt: now - 8 * MINUTE + 1_840,
      lastError,
      nextAt: now + 7 * MINUTE,
    });
    return {
      version: '0.1.0',
      startedAt: this.province.startedAt,
      now,
      stores: [
        { name: 'inventory', engine: 'PostgreSQL 17 (PGlite)', ok: true, reason: null },
        { name: 'series', engine: 'DuckDB 1.5', ok: true, reason: null },
      ],
      collectors: [],
      spool: { samples: 0, bytes: 0, dropped: 0, oldestAt: null },
      collector: {
        devices: this.province.devices.length,
        inFlight: 14,
        lagMsP95: 38,
        overruns: 0,
        polls: 5_310,
        identifications: this.province.devices.length,
        failures: { timeout: 4 },
        samples: 98_000,
        byProbe: { snmp: this.province.devices.length },
        listeners: { mqtt: { messages: 120, refused: 1 } },
        blind: false,
        badReadings: { truncated: 3, 'oid-not-increasing': 1 },
      },
      jobs: [job('series-roll-up', null), job('series-expire', null), job('series-spool', 'disk full')],
    };
  }
}
