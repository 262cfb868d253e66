import { Secret } from '../core/config/secret.ts';
import { loadFolder } from '../core/load-folder.ts';
import type { OpenPortalGateway } from '../core/stores/inventory/portal/gateways.ts';

/** What a gateway's own files are written from. */
export type GatewayPlan = {
  readonly gateway: Pick<
    OpenPortalGateway,
    'ref' | 'name' | 'family' | 'settings' | 'lanAddress' | 'nasIdentifier' | 'coaPort' | 'radiusSecret'
  >;
  readonly site: {
    readonly name: string;
    /** What the gateway does while this portal cannot be reached. */
    readonly fallback: 'closed' | 'trial';
  };
  readonly portal: {
    /** Where browsers reach the portal, e.g. `https://portal.example`, without a slash at its end. */
    readonly origin: string;
    /** Where gateways send RADIUS, and its ports. */
    readonly radiusHost: string;
    readonly authPort: number;
    readonly acctPort: number;
  };
};

export type GatewayFile = {
  /** Relative to a folder for this gateway. */
  readonly path: string;
  readonly text: string;
  /** It holds secrets: nobody else may read it. */
  readonly isSecret?: boolean;
  readonly isProgram?: boolean;
};

/** Writes the files of one family: one file of `provisioning/templates`, whose name is the family's id. */
export type GatewayTemplate = (plan: GatewayPlan) => readonly GatewayFile[];
export type GatewayTemplates = ReadonlyMap<string, GatewayTemplate>;

export const loadGatewayTemplates = (): Promise<GatewayTemplates> =>
  loadFolder(new URL('./templates/', import.meta.url), (module, id) => {
    const template = module['template'];
    if (typeof template !== 'function') throw new TypeError(`provisioning/templates/${id} exports no template`);
    return template as GatewayTemplate;
  });

export const loginPageUrl = ({ gateway, portal }: GatewayPlan): string => `${portal.origin}/g/${gateway.ref}`;
export const portalHost = ({ portal }: GatewayPlan): string => new URL(portal.origin).hostname;
export const portalPort = ({ portal }: GatewayPlan): number => {
  const { port, protocol } = new URL(portal.origin);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
};

/** A setting as text, secrets too: these files are for the gateway itself. Empty where it is not set. */
export function settingOf({ gateway }: GatewayPlan, name: string): string {
  const value = gateway.settings[name];
  if (value instanceof Secret) return value.reveal();
  return value === undefined || value === null ? '' : String(value);
}

/** Stands where a secret is missing, so that nobody takes an empty one for good. */
export const MISSING = 'ISI-RAHASIA';

/** One line of text within quotes of a shell. */
export const shellQuoted = (text: string): string => `'${oneLine(text).replaceAll("'", `'\\''`)}'`;
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
