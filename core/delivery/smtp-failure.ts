import { ChannelError, type ChannelFailure } from './channel-error.ts';
import { failureOfConnection } from './connection-failure.ts';

/** What a library's error of SMTP means, without the server's words, which repeat addresses. */
export function failureOfSmtp(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  const { code, originalCode, responseCode, response, command } = fieldsOf(error);
  // A server without STARTTLS is told by the reply to it.
  if (code === 'ETLS') return new ChannelError('tls', 'smtp ETLS');
  if (typeof responseCode === 'number')
    return failureOfReply(responseCode, String(response ?? ''), String(command ?? ''));
  if (typeof originalCode === 'string') return failureOfConnection(originalCode);
  const failure = BY_CODE[String(code)];
  return failure === undefined
    ? new ChannelError('unreachable', 'smtp connection failed')
    : new ChannelError(failure, `smtp ${String(code)}`);
}

const BY_CODE: Readonly<Record<string, ChannelFailure>> = {
  ETIMEDOUT: 'timeout',
  EABORT: 'timeout',
  ABORT_ERR: 'timeout',
  EREQUIRETLS: 'tls',
  EDNS: 'unreachable',
  ESOCKET: 'unreachable',
  ECONNECTION: 'unreachable',
  ECONNREFUSED: 'unreachable',
  EPROTOCOL: 'bad-answer',
  EAUTH: 'sign-in',
  ENOAUTH: 'sign-in',
  EENVELOPE: 'recipient',
  EMESSAGE: 'refused',
};

/** Replies of RFC 5321, 4.2; behind them the enhanced code of RFC 3463, where the server gives one. */
function failureOfReply(reply: number, response: string, command: string): ChannelError {
  const [, enhanced] = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(response) ?? [];
  const detail = enhanced === undefined ? `smtp ${reply}` : `smtp ${reply} ${enhanced}`;
  const isPassing = reply >= 400 && reply < 500;
  if (isPassing) return new ChannelError('provider-fault', detail);
  if (/^(530|534|535|538)$/.test(String(reply)) || command.startsWith('AUTH'))
    return new ChannelError('sign-in', detail);
  if (command.startsWith('RCPT') || enhanced?.startsWith('5.1.')) return new ChannelError('recipient', detail);
  if (reply >= 500 && reply < 600) return new ChannelError('refused', detail);
  return new ChannelError('bad-answer', detail);
}

type Fields = Readonly<Partial<Record<'code' | 'originalCode' | 'responseCode' | 'response' | 'command', unknown>>>;

const fieldsOf = (error: unknown): Fields => (typeof error === 'object' && error !== null ? error : {});
