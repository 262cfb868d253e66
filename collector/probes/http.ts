import { isIPv6 } from 'node:net';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ProbeError } from '../../core/domain/errors.ts';
import { type ProbeKind, SINGLE_QUESTION } from '../../core/domain/probe-kind.ts';
import type { Reading } from '../../core/domain/sample.ts';
import { createDeadlines } from '../deadlines.ts';
import { type FindAddresses, findAddresses } from '../http/addresses.ts';
import { certificateImpairment } from '../http/certificate.ts';
import { checkSite, type SiteAnswer } from '../http/check-site.ts';
import { checkExpectation, STATUS_PATTERN } from '../http/expectation.ts';
import { basicAuthorization, PASSWORD_CREDENTIALS, passwordOf } from '../password-of.ts';
import type { Findings, OpenProbe, Probe, ProbeTools } from '../probe.ts';
import type { HearRaw } from '../raw-log.ts';
import { createSameFindings } from '../same-findings.ts';

const Settings = Type.Object(
  {
    /** Without user or password: those are a credential's. */
    url: Type.String({ pattern: '^https?://[^/?#@\\s]+([/?#]\\S*)?$', maxLength: 2_000 }),
    method: Type.Optional(Type.Union([Type.Literal('GET'), Type.Literal('HEAD')])),
    /** Each of them is well: `200`, `2xx` or `200-299`; 2xx when absent. */
    status: Type.Optional(Type.Array(Type.String({ pattern: STATUS_PATTERN }), { minItems: 1, maxItems: 20 })),
    /** Must stand in the page. */
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    /** 0: a redirect is an answer like any other. */
    maxRedirects: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
  },
  { additionalProperties: false },
);

const MAX_REDIRECTS = 5;

export const kind: ProbeKind = {
  title: { id: 'Situs web (HTTP)', en: 'Web site (HTTP)' },
  settings: Settings,
  credentials: PASSWORD_CREDENTIALS,
  reachIntervalMs: 30_000,
  reachTimeoutMs: 10_000,
  thresholds: SINGLE_QUESTION,
};

export const open = ((tools) => createHttpProbe(tools)) satisfies OpenProbe;

/**
 * Asks a web site for a page. It is impaired by `certificate-invalid`, `certificate-expiring` (14 days or less), and
 * `address-failing` where some of its addresses do not answer.
 * @param options.ca PEM of the authorities to trust in the place of the usual ones
 */
export function createHttpProbe(
  { clock }: Pick<ProbeTools, 'clock'>,
  options: { readonly ca?: string; readonly findAddresses?: FindAddresses } = {},
): Required<Pick<Probe, 'reach' | 'forget'>> & Probe {
  const deadlines = createDeadlines();
  const same = createSameFindings();
  // Without a line of our own that carries IPv6 no site's is to blame.
  let hasIpv6 = false;

  return {
    async reach({ id, settings, credential }, timeoutMs, hear) {
      if (!Value.Check(Settings, settings) || !URL.canParse(settings.url))
        throw new ProbeError('not-supported', 'the settings of the web site do not fit');
      const login = passwordOf(credential);
      const site = await deadlines.run(timeoutMs, async (signal) => {
        const { method = 'GET', maxRedirects = MAX_REDIRECTS } = settings;
        const authorization = login === null ? null : basicAuthorization(login);
        const answer = await checkSite(
          { url: new URL(settings.url), method, maxRedirects, authorization },
          { now: clock, timeoutMs, findAddresses, ...options },
          signal,
        );
        if (hear !== undefined) tellHead(hear, method, answer);
        const { status = ['2xx'], text = null } = settings;
        await checkExpectation(answer.answer, { status, text });
        return answer;
      });
      const { certificate, addresses } = site;
      hasIpv6 ||= addresses.some(({ address, outcome }) => isIPv6(address) && outcome === 'ok');
      const isFailing = addresses.some(({ address, outcome }) => outcome !== 'ok' && (hasIpv6 || !isIPv6(address)));
      const impairment =
        (certificate === null ? null : certificateImpairment(certificate, clock())) ??
        (isFailing ? 'address-failing' : null);
      return {
        roundTripMs: site.times.firstByteMs,
        readings: readingsOf(site, clock()),
        findings: same.of(id, findingsOf(site)),
        ...(impairment === null ? {} : { impairment }),
      };
    },
    forget: same.forget,
    close: deadlines.close,
  };
}

function tellHead(hear: HearRaw, method: string, { answer, finalUrl }: SiteAnswer): void {
  const question = `${method} ${shown(finalUrl)}`;
  hear(question, 'status', String(answer.status));
  for (const [name, value] of Object.entries(answer.headers)) hear(question, name, [value ?? ''].flat().join(', '));
}

const DAY_S = 86_400;

function readingsOf({ times, answer, certificate }: SiteAnswer, now: number): Reading[] {
  const readings: Reading[] = [];
  const add = (metric: string, value: number): void => {
    readings.push({ metric, instance: '', value, kind: 'gauge' });
  };
  add('http_response.response_time', times.firstByteMs / 1000);
  add('http_response.http_response_code', answer.status);
  add('http_response.content_length', answer.body.length);
  add('http_response.dns_ms', times.dnsMs);
  add('http_response.connect_ms', times.connectMs);
  if (times.tlsMs !== null) add('http_response.tls_ms', times.tlsMs);
  add('http_response.first_byte_ms', times.firstByteMs);
  add('http_response.total_ms', times.wholeMs);
  if (certificate !== null && certificate.validTo > 0) {
    const leftS = (certificate.validTo - now) / 1000;
    add('x509_cert.expiry', Math.round(leftS));
    add('http_response.tls_days_left', Math.floor(leftS / DAY_S));
  }
  return readings;
}

const MAX_SERVER_TEXT = 100;

function findingsOf({ answer, finalUrl, redirects, addresses, certificate }: SiteAnswer): Findings {
  const http = {
    url: shown(finalUrl),
    status: answer.status,
    server: (answer.headers['server'] ?? '').slice(0, MAX_SERVER_TEXT),
    isWhole: answer.isWhole,
    // Name servers give them in turns.
    addresses: [...addresses].sort((a, b) => (a.address < b.address ? -1 : 1)),
    redirects: redirects.map(({ url, status }) => ({ url: shown(url), status })),
  };
  return { http, ...(certificate === null ? {} : { certificate }) };
}

const MAX_URL_TEXT = 300;
/** A query can hold what signs someone in. */
const shown = ({ origin, pathname, search }: URL): string =>
  `${origin}${pathname}`.slice(0, MAX_URL_TEXT) + (search === '' ? '' : '?…');
