import { AppError } from '../../core/domain/errors.ts';
import type { Gateway } from '../gateway.ts';

const HOST_AND_PORT = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9a-fA-F:]{2,39}\])(?::(\d{1,5}))?$/;

/**
 * An address at the gateway itself, as its citizens reach it. Made from what an operator stored: a query has no part in
 * where a browser goes.
 * @param usualPort where `lanAddress` names none; null = the one of http
 * @throws AppError `config` where the gateway has no address, or none that a URL can hold
 */
export function gatewayUrl(
  gateway: Pick<Gateway<unknown>, 'lanAddress'>,
  path: string,
  query: Readonly<Record<string, string>> = {},
  usualPort: number | null = null,
): string {
  const match = HOST_AND_PORT.exec(gateway.lanAddress ?? '');
  if (match === null) throw new AppError('config', 'the gateway has no address that browsers reach it at');
  const port = match[1] === undefined && usualPort !== null ? `:${usualPort}` : '';
  // Percent signs throughout: gateways of some families take a plus sign for one.
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `http://${match[0]}${port}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

/** `gatewayUrl`, or null where the gateway's address is missing. */
export const gatewayUrlIfKnown = (...args: Parameters<typeof gatewayUrl>): string | null =>
  HOST_AND_PORT.test(args[0].lanAddress ?? '') ? gatewayUrl(...args) : null;
