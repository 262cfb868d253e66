/** Why a message did not leave, as a stable word. */
export type ChannelFailure =
  /** No answer in time: the message may have gone all the same. */
  | 'timeout'
  | 'unreachable'
  | 'tls'
  /** What came back is not what the provider says it answers. */
  | 'bad-answer'
  | 'provider-fault'
  | 'rate-limited'
  | 'sign-in'
  /** This recipient cannot be reached in this way. */
  | 'recipient'
  /** The provider does not take this message. */
  | 'refused'
  | 'settings';

const PASSES: ReadonlySet<ChannelFailure> = new Set([
  'timeout',
  'unreachable',
  'tls',
  'bad-answer',
  'provider-fault',
  'rate-limited',
]);

/**
 * A message that did not leave. It is shown, logged and stored: `detail` is made of our own words and of the provider's
 * codes, never of what the provider wrote, which can repeat numbers, addresses and keys.
 */
export class ChannelError extends Error {
  readonly failure: ChannelFailure;
  /** Such as `http 503` or `smtp 550 5.1.1`. */
  readonly detail: string;
  /** Whether the same message can succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** The provider's own wish. */
  readonly retryAfterMs: number | undefined;

  constructor(
    failure: ChannelFailure,
    detail: string,
    options: { readonly retryable?: boolean; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(`${failure}: ${detail}`);
    this.name = 'ChannelError';
    this.failure = failure;
    this.detail = detail;
    this.retryable = options.retryable ?? PASSES.has(failure);
    this.retryAfterMs = options.retryAfterMs;
  }
}
