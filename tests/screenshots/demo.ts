import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '../../core/contract/contract.ts';
import { packageRoot } from '../../core/package-root.ts';
import { demoPeople, demoSecretKey } from '../../provisioning/demo-accounts.ts';
import { askControl, type ControlRequest, controlPath } from '../../provisioning/lab/control.ts';
import { freePort } from '../support/port.ts';
import { startNode } from '../support/process.ts';
import { askAt, type StoreFacts, storeFacts } from '../web/support/store-facts.ts';

const START_MS = 300_000;
const INCIDENTS_MS = 120_000;

/** What fails before the pictures: a village, half of one, the branch of another, an agency, and one that is slow. */
const TROUBLE: readonly ControlRequest[] = [
  { command: 'fault', name: 'off' },
  { command: 'stop', device: '16.03.06.2008' },
  { command: 'stop', device: '16.02.13.2005-public-ap' },
  { command: 'stop', device: 'pop-kayuagung-ptp-16.02.17.2006' },
  { command: 'stop', device: 'opd-dinas-pendidikan-r1' },
  { command: 'stop', device: 'shelter-jsc-cam2' },
  { command: 'slow', device: '16.04.06.2009-public-ap', ms: 1_050 },
];
const INCIDENTS = 4;

export type Demo = {
  readonly url: string;
  readonly facts: StoreFacts;
  /** Session of somebody of this role: name and value of the cookie. */
  cookieOf(role: Role): { readonly name: string; readonly value: string };
};

/**
 * The built demo in a process of its own, on free ports and a new data directory: a month of history is laid, citizens
 * log in, and some devices are down.
 * @param onStart is given how to end it as soon as there is something to end
 */
export async function startDemo(
  say: (text: string) => void,
  onStart: (stop: () => Promise<void>) => void,
): Promise<Demo> {
  const dataDir = await mkdtemp(join(tmpdir(), 'simpul-pictures-'));
  const [httpPort, portalPort] = [await freePort(), await freePort()];
  const demo = startNode([join(packageRoot(), 'dist/provisioning/demo.js')], {
    SIMPUL_DATA_DIR: dataDir,
    SIMPUL_HTTP_PORT: String(httpPort),
    SIMPUL_PORTAL_PORT: String(portalPort),
    SIMPUL_HELP_PHONE: '0711-351000',
    SIMPUL_REGION_PACK: process.env['SIMPUL_REGION_PACK'] ?? '',
  });
  const stop = async () => {
    await demo.end('SIGTERM');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  onStart(stop);
  const url = `http://127.0.0.1:${httpPort}`;
  await demo.until(/The province is at/, START_MS);
  say('the province runs; a month of history is being laid');
  await demo.until(/The month of history is laid down/, START_MS);
  await demo.until(/Citizens log in at/, START_MS);
  const cookies = await signIn(url, dataDir);
  const cookieOf = (role: Role): string => cookies.get(role) ?? '';
  const ask = askAt(url, cookieOf('admin'));
  for (const request of TROUBLE) {
    const reply = await askControl(controlPath(dataDir), request);
    if (!reply.ok) throw new Error(reply.message);
  }
  say('some devices are down; waiting for their incidents');
  const until = Date.now() + INCIDENTS_MS;
  const opened = async () => ((await ask('incidents?open=true&pageSize=1')) as { total: number }).total;
  while ((await opened()) < INCIDENTS && Date.now() < until) await pause(1_000);
  const pageOf = async (role: Role, path: string) =>
    await (await fetch(url + path, { headers: { cookie: cookieOf(role) } })).text();
  return {
    url,
    facts: await storeFacts(ask, pageOf, `http://127.0.0.1:${portalPort}`),
    cookieOf: (role) => {
      const [name = '', value = ''] = cookieOf(role).split('=');
      return { name, value };
    },
  };
}

async function signIn(url: string, dataDir: string): Promise<ReadonlyMap<Role, string>> {
  const cookies = new Map<Role, string>();
  for (const { name, password, role } of demoPeople(demoSecretKey(dataDir))) {
    const answer = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
    const [cookie] = answer.headers.getSetCookie();
    if (!answer.ok || cookie === undefined) throw new Error(`${name} could not sign in (${answer.status})`);
    cookies.set(role, cookie.slice(0, cookie.indexOf(';')));
  }
  return cookies;
}
