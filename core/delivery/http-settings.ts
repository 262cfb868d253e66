import { Type } from 'typebox';

/** Settings that several channels over HTTP have. */
export const UrlText = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2_000 });
export const CertificateText = Type.String({
  pattern: '-----BEGIN CERTIFICATE-----',
  maxLength: 20_000,
  description: 'PEM of the authority that is trusted in the place of the usual ones',
});

/** @returns null for what is no URL of HTTP, or has a user and password in it, which would stand readable in the settings */
export function httpUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null;
}

/** For `ChannelKind.check`. */
export function urlFault(settings: Readonly<Record<string, unknown>>, field: string) {
  const text = settings[field];
  if (text === undefined || (typeof text === 'string' && httpUrl(text) !== null)) return null;
  return { field, reason: 'it must be a URL of http or https without a user and password' };
}
