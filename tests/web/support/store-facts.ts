import type { Role } from '../../../core/contract/contract.ts';
import { WALL_SCENES, type WallScene } from '../../../core/domain/wall.ts';
import type { Language } from '../../../web/i18n/format.ts';

/** Asks the API as an administrator of every region. */
export type Ask = (path: string, method?: 'GET' | 'POST' | 'PATCH', body?: object) => Promise<unknown>;

export type Theme = 'light' | 'dark';
/** How a page is to look that no reader chooses for: a wall, and what the server makes. */
export type Look = { readonly theme: Theme; readonly language: Language };

/** What the addresses of screens are built from: things that are in the store. */
export type StoreFacts = {
  /** A village of the programme below `REGENCY`, one in trouble where there is any. */
  readonly village: string;
  readonly villageSite: string;
  readonly router: string;
  readonly accessPoint: string;
  readonly link: string;
  readonly incident: string;
  readonly portalSite: string;
  readonly gateway: { readonly id: string; readonly ref: string };
  /** Where citizens log in; null where no portal runs. */
  readonly portalUrl: string | null;
  /** Path of a link to set a password, of somebody else than who looks. */
  readonly passwordLink: string;
  /** Path of a wall that shows nothing but this scene. */
  wall(scene: WallScene, look: Look): Promise<string>;
  /** Path of the questions that a message asks the officer of the village. */
  questions(): Promise<string>;
};

/** The regency of the officer who looks. */
export const REGENCY = '16.03';

type Row = Readonly<Record<string, unknown>>;
const rowsOf = (answer: unknown): readonly Row[] => (answer as { items?: readonly Row[] }).items ?? [];
const textOf = (row: Row | undefined, field: string, what: string): string => {
  const value = row?.[field];
  if (typeof value !== 'string') throw new Error(`the store has no ${what}: its screen cannot be opened`);
  return value;
};

/** An `Ask` of a server that listens. @throws where it answers anything but success */
export const askAt =
  (url: string, cookie: string): Ask =>
  async (path, method = 'GET', body) => {
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}`);
    return answer.status === 204 ? null : await answer.json();
  };

/**
 * Looks into a running Simpul. Makes what cannot be looked up: a wall and a link to set a password.
 * @param pageOf the HTML of a page of the server, as the officer sees it
 */
export async function storeFacts(
  ask: Ask,
  pageOf: (role: Role, path: string) => Promise<string>,
  portalUrl: string | null = null,
): Promise<StoreFacts> {
  const first = async (path: string): Promise<Row | undefined> => rowsOf(await ask(path))[0];
  const either = async (...paths: readonly string[]): Promise<Row | undefined> => {
    for (const path of paths) {
      const row = await first(path);
      if (row !== undefined) return row;
    }
    return undefined;
  };
  const office = `sites?region=${REGENCY}&kind=village-office&pageSize=1`;
  const site = await either(`${office}&state=down`, office);
  const village = textOf(site, 'regionCode', 'office of a village');
  const gateway = await first('portal/gateways?pageSize=1');
  const account = rowsOf(await ask('accounts?pageSize=100')).find(({ role }) => role === 'viewer');
  const { url } = (await ask(`accounts/${textOf(account, 'id', 'viewer')}/password-link`, 'POST')) as { url: string };
  const { pathname, hash } = new URL(url, 'http://web');
  const { token, wall } = (await ask('walls', 'POST', {
    name: 'Ruang komando',
    regionCode: '16',
    scenes: WALL_SCENES.map((scene) => ({ scene, seconds: 30 })),
    theme: 'auto',
    language: 'id',
    variant: 'internal',
  })) as { token: string; wall: { id: string } };
  return {
    village,
    villageSite: textOf(site, 'id', 'office of a village'),
    router: textOf(await first('devices?kind=router&pageSize=1'), 'id', 'router'),
    accessPoint: textOf(await first('devices?kind=access-point&pageSize=1'), 'id', 'access point'),
    link: textOf(await first('links?pageSize=1'), 'id', 'link'),
    incident: textOf(await either('incidents?open=true&pageSize=1', 'incidents?pageSize=1'), 'id', 'incident'),
    portalSite: textOf(await first(`portal/sites?region=${REGENCY}&pageSize=1`), 'siteId', 'site of the portal'),
    gateway: { id: textOf(gateway, 'id', 'gateway'), ref: textOf(gateway, 'ref', 'gateway') },
    portalUrl,
    passwordLink: pathname + hash,
    wall: async (scene, look) => {
      await ask(`walls/${wall.id}`, 'PATCH', { scenes: [{ scene, seconds: 3_600 }], ...look });
      return `/wall/${token}`;
    },
    questions: async () => {
      const [path] = /\/d\/[\w-]{56}/.exec(await pageOf('officer', `/desa/${village}`)) ?? [];
      if (path === undefined) throw new Error('the village has no incident that its officer is asked about');
      return path;
    },
  };
}
