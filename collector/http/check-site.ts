import { BlockList, isIPv6 } from 'node:net';
import type { Secret } from '../../core/config/secret.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import type { FindAddresses } from './addresses.ts';
import { type AddressOutcome, connectToAny } from './any-address.ts';
import type { CertificateReport } from './certificate.ts';
import type { ConnectionOptions } from './connection.ts';
import { createCookies } from './cookies.ts';
import { exchange, type HttpAnswer } from './exchange.ts';

export type SiteQuestion = {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD';
  readonly maxRedirects: number;
  /** Value of the header, for the site itself: no other is told it. */
  readonly authorization: Secret | null;
};

export type SiteTools = ConnectionOptions & { readonly findAddresses: FindAddresses; readonly timeoutMs: number };

/** Times in ms. The phases are sums over all redirects. */
export type SiteTimes = {
  readonly dnsMs: number;
  readonly connectMs: number;
  /** Null where nothing on the way had TLS. */
  readonly tlsMs: number | null;
  /** From the start of the check to the first, and to the last, of the final answer. */
  readonly firstByteMs: number;
  readonly wholeMs: number;
};

export type SiteAnswer = {
  readonly answer: HttpAnswer;
  readonly finalUrl: URL;
  readonly redirects: readonly { readonly url: URL; readonly status: number }[];
  /** Of the site's own name, in order. */
  readonly addresses: readonly AddressOutcome[];
  /** Of the first server on the way that has anything wrong with it, otherwise of the last. */
  readonly certificate: CertificateReport | null;
  readonly times: SiteTimes;
};

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const HEADERS = { 'user-agent': 'Simpul', accept: '*/*', 'accept-encoding': 'identity' } as const;

/**
 * Asks for a page as a visitor's browser would, redirects included.
 * @throws ProbeError where there is no whole answer; its detail names the step or what was bad:
 *   `too-many-redirects`, `bad-redirect`, and those of the connection and of the exchange
 */
export async function checkSite(question: SiteQuestion, tools: SiteTools, signal: AbortSignal): Promise<SiteAnswer> {
  const startedAt = performance.now();
  const redirects: { url: URL; status: number }[] = [];
  const cookies = createCookies();
  let certificate: CertificateReport | null = null;
  let first: { isInside: boolean; outcomes: Promise<readonly AddressOutcome[]> } | null = null;
  let { url } = question;
  let dnsMs = 0;
  let connectMs = 0;
  let tlsMs: number | null = null;

  for (;;) {
    const hopAt = performance.now();
    const addresses = await tools.findAddresses(url.hostname, signal);
    dnsMs += performance.now() - hopAt;
    const isInside = addresses.some(isOwnMachine);
    // A site must not make us ask what only this machine can reach.
    if (first !== null && isInside && !first.isInside) throw badRedirect(url);
    const { connection, outcomes } = await connectToAny(addresses, url, tools, signal);
    first ??= { isInside, outcomes };
    connectMs += connection.connectMs;
    if (connection.tlsMs !== null) tlsMs = (tlsMs ?? 0) + connection.tlsMs;
    if (certificate === null || certificate.problems.length === 0) certificate = connection.certificate ?? certificate;

    const mayFollow = redirects.length < question.maxRedirects;
    const isRedirect = (status: number): boolean => REDIRECTS.includes(status) && question.maxRedirects > 0;
    const askedAt = performance.now();
    const headers = {
      ...HEADERS,
      ...cookies.headerFor(url),
      ...(question.authorization !== null && url.origin === question.url.origin
        ? { authorization: question.authorization.reveal() }
        : {}),
    };
    const answer = await exchange(
      connection,
      { method: question.method, url, headers },
      (status) => !isRedirect(status),
      signal,
    );
    cookies.take(url, answer.headers['set-cookie']);
    if (isRedirect(answer.status)) {
      if (!mayFollow)
        throw new ProbeError('bad-answer', `${question.url.host} redirects on and on`, {
          detail: 'too-many-redirects',
        });
      redirects.push({ url, status: answer.status });
      url = redirectOf(answer, url);
      continue;
    }
    return {
      answer,
      finalUrl: url,
      redirects,
      addresses: await first.outcomes,
      certificate,
      times: {
        dnsMs,
        connectMs,
        tlsMs,
        firstByteMs: askedAt - startedAt + answer.firstByteMs,
        wholeMs: askedAt - startedAt + answer.wholeMs,
      },
    };
  }
}

function redirectOf({ headers: { location } }: HttpAnswer, from: URL): URL {
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from.href) : null;
  if (to === null || !/^https?:$/.test(to.protocol)) throw badRedirect(from);
  to.username = '';
  to.password = '';
  return to;
}

const badRedirect = (url: URL): ProbeError =>
  new ProbeError('bad-answer', `${url.host} is no place that a site may redirect to, or redirects to none`, {
    detail: 'bad-redirect',
  });

const OWN_MACHINE = new BlockList();
OWN_MACHINE.addSubnet('127.0.0.0', 8);
OWN_MACHINE.addSubnet('0.0.0.0', 8);
OWN_MACHINE.addSubnet('169.254.0.0', 16);
OWN_MACHINE.addAddress('::1', 'ipv6');
OWN_MACHINE.addAddress('::', 'ipv6');
OWN_MACHINE.addSubnet('fe80::', 10, 'ipv6');

const isOwnMachine = (address: string): boolean => OWN_MACHINE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
