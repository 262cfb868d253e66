import type { Static, TSchema } from 'typebox';
import type { Problem } from '../../core/contract/common.ts';
import type { Contract } from '../../core/contract/contract.ts';
import type { ErrorCode } from '../../core/domain/errors.ts';

type Part<S, K extends string, As extends string> = S extends { readonly [P in K]: infer T extends TSchema }
  ? { readonly [P in As]: Static<T> }
  : unknown;

/** What a call of `C` takes: the parts of its schema that the contract names. */
export type Input<C extends Contract> = Part<C['schema'], 'params', 'params'> &
  Part<C['schema'], 'querystring', 'query'> &
  Part<C['schema'], 'body', 'body'>;

type Success<R> = R extends { readonly 200: infer T extends TSchema }
  ? Static<T>
  : R extends { readonly 201: infer T extends TSchema }
    ? Static<T>
    : R extends { readonly 202: infer T extends TSchema }
      ? Static<T>
      : null;
export type Reply<C extends Contract> = Success<C['schema']['response']>;

/** Codes of the API, and those of the way to it: no line, no answer in time, an answer that is not Simpul's. */
export type ApiErrorCode = ErrorCode | 'offline' | 'no-answer' | 'internal';

export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  readonly faults: NonNullable<Problem['faults']>;

  constructor(code: ApiErrorCode, status: number, message: string, faults: NonNullable<Problem['faults']> = []) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.faults = faults;
  }
}

const CODE_BY_STATUS: Readonly<Record<number, ApiErrorCode>> = {
  400: 'bad-input',
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'too-many-requests',
  503: 'store-unavailable',
};

/** Longest wait for an answer. The slowest question, a month of a province, is answered in well under a second. */
const TIMEOUT_MS = 20_000;
/** A photograph over a slow line takes its time. */
const FILE_TIMEOUT_MS = 120_000;

/** Server's clock minus ours, ms, by the last answer: a cheap phone's clock may be minutes off. */
let serverOffsetMs = 0;
export const serverNow = (): number => Date.now() + serverOffsetMs;

/** Fills `:name` of a contract's path, and appends what is asked for, in a stable order. */
export function addressOf(url: string, params: object = {}, query: object = {}): string {
  const values = new Map(Object.entries(params));
  const path = url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

async function problemOf(response: Response): Promise<ApiError> {
  const fallback = CODE_BY_STATUS[response.status] ?? 'internal';
  try {
    const body = (await response.json()) as Partial<Problem>;
    const code = typeof body.code === 'string' ? (body.code as ApiErrorCode) : fallback;
    return new ApiError(code, response.status, body.detail ?? body.title ?? response.statusText, body.faults ?? []);
  } catch {
    return new ApiError(fallback, response.status, response.statusText);
  }
}

function noteClock(response: Response): void {
  const at = Date.parse(response.headers.get('date') ?? '');
  // The header has whole seconds: a smaller difference says nothing.
  if (Number.isFinite(at)) serverOffsetMs = Math.abs(at - Date.now()) > 2_000 ? at - Date.now() : 0;
}

async function send(
  method: string,
  address: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const isFile = body instanceof Blob;
  const timeout = AbortSignal.timeout(isFile ? FILE_TIMEOUT_MS : TIMEOUT_MS);
  const type = isFile ? body.type : 'application/json';
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
  };
  try {
    return await fetch(address, init);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiError(timeout.aborted ? 'no-answer' : 'offline', 0, String(error));
  }
}

/**
 * A call typed by its contract. Only types are taken from the contract, so that no schema reaches the browser; method
 * and path are literals which the compiler holds against it.
 */
export const endpoint =
  <C extends Contract>(method: C['method'], url: C['url']) =>
  async (input: Input<C>, signal?: AbortSignal): Promise<Reply<C>> => {
    const { params, query, body } = input as { params?: object; query?: object; body?: unknown };
    const response = await send(method, addressOf(url, params, query), body, signal);
    noteClock(response);
    if (!response.ok) throw await problemOf(response);
    if (response.status === 204) return null as Reply<C>;
    try {
      return (await response.json()) as Reply<C>;
    } catch {
      throw new ApiError('internal', response.status, 'the answer is not JSON');
    }
  };

/** A call whose body is a file itself. */
export const fileEndpoint =
  <C extends Contract>(method: C['method'], url: C['url']) =>
  (input: Input<C>, file: Blob, signal?: AbortSignal): Promise<Reply<C>> =>
    endpoint<C>(method, url)(Object.assign({ body: file }, input), signal);
