import { STATUS_CODES } from 'node:http';
import type { Problem } from '../core/contract/common.ts';
import { AppError, type ErrorCode, type Fault } from '../core/domain/errors.ts';

/** What a caller may meet, with its HTTP status. `internal` is a fault of the program itself. */
export type ProblemCode = ErrorCode | 'internal';

export const PROBLEM_STATUS = {
  'bad-input': 400,
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'not-supported': 415,
  'too-many-requests': 429,
  config: 500,
  internal: 500,
  'store-unavailable': 503,
} as const satisfies Record<ProblemCode, number>;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Details of a fault of the program stay in the log: the caller only learns that there is one. */
export function problemOf(error: unknown): Problem {
  if (error instanceof AppError) return problem(error.code, error.message, error.faults);
  return fromFramework(error) ?? problem('internal');
}

export function problem(code: ProblemCode, detail?: string, faults: readonly Fault[] = []): Problem {
  const status = PROBLEM_STATUS[code];
  return {
    type: `/api/docs#problem-${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(faults.length === 0 ? {} : { faults: faults.map((fault) => ({ ...fault })) }),
  };
}

/** Faults shown to a caller; a body can hold thousands. */
const MAX_FAULTS = 100;

type Violation = {
  readonly instancePath?: string;
  readonly message?: string;
  readonly params?: Record<string, unknown>;
};
type FrameworkError = {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
  readonly validation?: readonly Violation[];
  readonly validationContext?: string;
};

/** Fastify's own errors: validation, bodies that are too large, of a wrong type or not JSON, URLs that are none. */
function fromFramework(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, statusCode, message, validation, validationContext } = error as FrameworkError;
  if (Array.isArray(validation)) {
    const where = validationContext === 'body' ? 'body' : (validationContext ?? 'request');
    const faults = validation.slice(0, MAX_FAULTS).map((violation) => faultOf(violation));
    return problem('bad-input', `the ${where} is not as the contract says`, faults);
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem('too-large', 'the body is larger than this call takes');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return problem('not-supported', 'this call takes no such content type');
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499) return null;
  return problem('bad-input', typeof message === 'string' ? message : undefined);
}

function faultOf({ instancePath = '', message = 'is not valid', params }: Violation): Fault {
  const name = params?.['missingProperty'] ?? params?.['additionalProperty'];
  const field = typeof name === 'string' ? `${instancePath}/${name}` : instancePath;
  return field === '' ? { reason: message } : { field, reason: message };
}
