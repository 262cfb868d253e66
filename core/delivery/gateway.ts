import { type Static, Type } from 'typebox';
import type { Secret } from '../config/secret.ts';
import { oneOf } from '../contract/common.ts';
import type { Clock } from '../domain/clock.ts';
import { ChannelError } from './channel-error.ts';
import { fillIn, type Place, strangersIn } from './fill-in.ts';
import { ask, asObject, failureOfStatus, providerIdOf, reach } from './http.ts';
import { CertificateText, httpUrl, UrlText } from './http-settings.ts';

const FORMATS = ['json', 'form', 'plain'] as const;

/** How a gateway wants to be asked; in `url`, `headerValue` and `body` stand `{{to}}`, `{{text}}`, `{{id}}`, `{{secret}}`. */
export const GATEWAY_SETTINGS = {
  url: UrlText,
  method: oneOf(['POST', 'GET', 'PUT']),
  /** How the body is written; placeholders are encoded to suit it. */
  format: oneOf(FORMATS),
  body: Type.Optional(Type.String({ maxLength: 4_000 })),
  headerName: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", maxLength: 100 })),
  headerValue: Type.Optional(Type.String({ pattern: '^[\\x20-\\x7e]*$', maxLength: 500 })),
  secret: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
  /** Dotted way to a value of the answer that tells success, for gateways that answer 200 to everything. */
  successField: Type.Optional(Type.String({ maxLength: 100 })),
  successValue: Type.Optional(Type.String({ maxLength: 100 })),
  /** Text that the answer holds where it went well, for answers that are no JSON. */
  successText: Type.Optional(Type.String({ maxLength: 200 })),
  /** Dotted way to the gateway's own name for the message. */
  idField: Type.Optional(Type.String({ maxLength: 100 })),
  ca: Type.Optional(CertificateText),
};

const Settings = Type.Object(GATEWAY_SETTINGS);
type Raw = Static<typeof Settings>;
export type GatewaySettings = Omit<Raw, 'secret'> & { readonly secret?: Secret };

const PLACEHOLDERS = ['to', 'text', 'id', 'secret'];
const MEDIA = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded',
  plain: 'text/plain; charset=utf-8',
};

/** For `ChannelKind.check`: what the schema cannot say of a gateway's settings. */
export function gatewayFault(settings: Readonly<Record<string, unknown>>): { field: string; reason: string } | null {
  for (const field of ['url', 'headerValue', 'body']) {
    const text = settings[field];
    const [stranger] = typeof text === 'string' ? strangersIn(text, PLACEHOLDERS) : [];
    if (stranger !== undefined)
      return { field, reason: `{{${stranger}}} is none of ${PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ')}` };
  }
  const { url, body, format, successField, successValue } = settings;
  if (typeof url !== 'string' || originOf(url, 'a') === null || originOf(url, 'a') !== originOf(url, 'b'))
    return { field: 'url', reason: 'it must be a URL of http or https, with placeholders only behind the host' };
  if (!`${url}${typeof body === 'string' ? body : ''}`.includes('{{'))
    return { field: 'body', reason: 'neither the URL nor the body says where the message goes' };
  if (format === 'json' && typeof body === 'string' && !isJson(fillIn(body, {}, 'json')))
    return { field: 'body', reason: 'it is no JSON' };
  return successValue !== undefined && successField === undefined
    ? { field: 'successField', reason: 'the value of success needs the field that has it' }
    : null;
}

function originOf(template: string, value: string): string | null {
  const values = Object.fromEntries(PLACEHOLDERS.map((name) => [name, value]));
  return httpUrl(fillIn(template, values, 'url'))?.origin ?? null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Asks a gateway to send one text. @throws ChannelError */
export async function throughGateway(
  settings: GatewaySettings,
  { id, to, text }: { readonly id: string; readonly to: string; readonly text: string },
  { clock }: { readonly clock: Clock },
  signal: AbortSignal,
): Promise<{ readonly providerId: string | null }> {
  const values = { id, to, text, secret: settings.secret?.reveal() ?? '' };
  const written = (template: string, place: Place): string => fillIn(template, values, place);
  const url = httpUrl(written(settings.url, 'url'));
  if (url === null) throw new ChannelError('settings', 'the url is none');
  const body = settings.body === undefined || settings.method === 'GET' ? undefined : settings.body;
  const { headerName, headerValue } = settings;
  const answer = await ask(
    {
      method: settings.method,
      url,
      ca: settings.ca,
      headers: {
        'idempotency-key': id,
        ...(body === undefined ? {} : { 'content-type': MEDIA[settings.format] }),
        ...(headerName === undefined ? {} : { [headerName]: written(headerValue ?? '{{secret}}', 'header') }),
      },
      ...(body === undefined ? {} : { body: written(body, settings.format) }),
    },
    signal,
  );
  if (answer.status < 200 || answer.status >= 300) throw failureOfStatus(answer, clock());
  const fields = jsonOf(answer.body);
  if (!isSuccess(settings, answer.body, fields)) throw new ChannelError('refused', 'the answer tells no success');
  return { providerId: settings.idField === undefined ? null : providerIdOf(valueAt(fields, settings.idField)) };
}

export async function reachGateway(settings: GatewaySettings, signal: AbortSignal): Promise<void> {
  const url = httpUrl(fillIn(settings.url, {}, 'url'));
  if (url === null) throw new ChannelError('settings', 'the url is none');
  await reach(url, settings.ca, signal);
}

function isSuccess({ successField, successValue, successText }: GatewaySettings, body: string, fields: unknown) {
  if (successText !== undefined && !body.includes(successText)) return false;
  if (successField === undefined) return true;
  const value = valueAt(fields, successField);
  if (successValue !== undefined) return String(value) === successValue;
  return value !== undefined && value !== null && value !== false;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `results.0.id` of nested objects and lists. */
function valueAt(value: unknown, way: string): unknown {
  let found = value;
  for (const name of way.split('.')) {
    found = Array.isArray(found) ? found[Number(name)] : asObject(found)?.[name];
  }
  return found;
}
