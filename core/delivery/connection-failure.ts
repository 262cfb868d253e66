import { ChannelError } from './channel-error.ts';

/** What a code of the system or of TLS says of a connection that failed. */
export function failureOfConnection(code: string): ChannelError {
  if (code === 'ECONNRESET' || code === 'EPIPE') return new ChannelError('bad-answer', 'connection closed');
  if (code.startsWith('HPE_')) return new ChannelError('bad-answer', 'not http');
  if (/CERT|TLS|SSL|SIGNATURE|ISSUER/.test(code)) return new ChannelError('tls', code);
  return new ChannelError('unreachable', code === '' ? 'no connection' : code);
}
