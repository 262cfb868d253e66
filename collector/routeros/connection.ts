import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ProbeError } from '../../core/domain/errors.ts';
import { challengeResponse } from './challenge.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { RouterOsTarget } from './target.ts';
import { tlsOptions } from './tls.ts';
import { plain, TrapError } from './trap.ts';

/** Finds out that a router behind a line that went away is gone, and keeps address translation in between awake. */
const KEEP_ALIVE_MS = 30_000;

/**
 * Connects and signs in.
 * @param timeoutMs for all of it together
 * @throws ProbeError `auth` for a wrong user or password (detail `login`) or a certificate that proves nothing (detail
 *   `certificate`); `refused`, `unreachable`, `timeout`; `bad-answer` for a peer that speaks something else
 */
export async function openConnection(
  target: RouterOsTarget,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Exchange> {
  const until = performance.now() + timeoutMs;
  const socket = await openSocket(target, timeoutMs, signal);
  const exchange = createExchange(socket);
  const stop = (): void => void exchange.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await signIn(exchange, target, until);
    return exchange;
  } catch (error) {
    await exchange.close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function openSocket(target: RouterOsTarget, timeoutMs: number, signal?: AbortSignal): Promise<Socket> {
  const { address, port, host, tls, ca } = target;
  if (signal?.aborted === true) return Promise.reject(abortedError());
  const socket =
    tls === 'off'
      ? connect({ host: address, port })
      : connectTls({ ...tlsOptions(tls, ca), host: address, port, ...(isIP(host) === 0 ? { servername: host } : {}) });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return new Promise((resolve, reject) => {
    const fail = (error: ProbeError): void => {
      settled();
      // An error may still come after; nobody waits for it any more.
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new ProbeError('timeout', `${address}:${port} did not connect within ${timeoutMs} ms`)),
      timeoutMs,
    );
    const onError = (cause: Error): void => fail(connectError(target, cause));
    const onClose = (): void => fail(connectError(target, undefined));
    const onAbort = (): void => fail(abortedError());
    const onReady = (): void => {
      settled();
      resolve(socket);
    };
    const ready = tls === 'off' ? 'connect' : 'secureConnect';
    const settled = (): void => {
      clearTimeout(timer);
      socket.off('error', onError).off('close', onClose).off(ready, onReady);
      signal?.removeEventListener('abort', onAbort);
    };
    socket.on('error', onError).on('close', onClose).on(ready, onReady);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

const abortedError = (): ProbeError =>
  new ProbeError('unreachable', 'the connection was closed here', { detail: 'closed' });

const CERTIFICATE_CODE = /CERT|^UNABLE_TO|_LEAF_|SELF_SIGNED|ALTNAME/;

function connectError({ address, port }: RouterOsTarget, cause: Error | undefined): ProbeError {
  const where = `${address}:${port}`;
  const code = cause !== undefined && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (code === 'ECONNREFUSED') return new ProbeError('refused', `${where} refuses connections`, { cause });
  if (code === 'ETIMEDOUT') return new ProbeError('timeout', `${where} did not connect`, { cause });
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return new ProbeError('bad-answer', `${where} and we find no way to speak TLS`, { cause, detail: 'tls' });
  if (CERTIFICATE_CODE.test(code))
    return new ProbeError('auth', `the certificate of ${where} proves nothing (${code})`, {
      cause,
      detail: 'certificate',
    });
  return new ProbeError('unreachable', `${where} did not connect`, { cause, detail: 'closed' });
}

async function signIn(exchange: Exchange, { user, password }: RouterOsTarget, until: number): Promise<void> {
  const login = async (...words: string[]): Promise<string | undefined> => {
    const timeoutMs = Math.max(1, Math.ceil(until - performance.now()));
    const { done } = await exchange.run(['/login', `=name=${user}`, ...words], {
      timeoutMs,
      isTagged: false,
      maxRows: 8,
    });
    return done.get('ret');
  };
  try {
    const challenge = await login(`=password=${password.reveal()}`);
    // Routers before 6.43 take no notice of the password and send what it is to be mixed with.
    if (challenge !== undefined) await login(`=response=${challengeResponse(password.reveal(), challenge)}`);
  } catch (error) {
    if (!(error instanceof TrapError)) throw error;
    throw new ProbeError('auth', `the router refuses the login: ${plain(error.said)}`, { detail: 'login' });
  }
}
