/** What went wrong, as a stable code that scripts, the API and the dictionaries rely on. */
export type ErrorCode =
  | 'bad-input'
  | 'not-signed-in'
  | 'forbidden'
  | 'not-found'
  /** It was there, and its time is over. */
  | 'gone'
  | 'conflict'
  | 'too-large'
  | 'too-many-requests'
  | 'store-unavailable'
  | 'config'
  | 'not-supported';

/** One thing wrong with one place of the input, e.g. a row of a CSV or a field of a form. */
export type Fault = {
  /** File name, where several were read. */
  readonly file?: string;
  /** 1-based line or row, the header being 1. */
  readonly line?: number;
  /** Column or JSON pointer. */
  readonly field?: string;
  readonly reason: string;
};

/** An error that a person or a caller can act on. A bare `Error` is for what cannot happen. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];
  /** How long to wait before it can be tried again, where that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; faults?: readonly Fault[]; retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Why a device gave no usable reading. A silent device is a result, not a fault of the program. */
export type ProbeFailure =
  | 'timeout'
  | 'refused'
  | 'unreachable'
  | 'auth'
  | 'no-such-host'
  | 'bad-answer'
  | 'not-supported';

export class ProbeError extends Error {
  readonly failure: ProbeFailure;
  /** For `bad-answer`: what was bad, a short stable word such as `truncated` or `oid-not-increasing`. */
  readonly detail: string | undefined;

  constructor(failure: ProbeFailure, message: string, options: { cause?: unknown; detail?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProbeError';
    this.failure = failure;
    this.detail = options.detail;
  }
}
