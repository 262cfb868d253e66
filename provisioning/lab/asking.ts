import type { ProbeSettings } from '../../core/domain/probe-kind.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { LAB_BOX_PASSWORD, LAB_CAMERA_LOGIN } from './agents/protocols.ts';
import { LAB_ROUTEROS_PASSWORD, LAB_ROUTEROS_USER } from './agents/routeros/lab-router.ts';
import { LAB_COMMUNITY } from './agents/snmp.ts';
import type { LabDevice } from './network-builder.ts';
import type { LabThing } from './things.ts';

/** How the inventory says that a device of the lab is watched. */
export type Asking = {
  readonly reachability: string;
  readonly settings: ProbeSettings;
  readonly snmpPort: number;
  /** Name of what signs in to it. */
  readonly credential: string | null;
  /** Null: as its probe does by itself. */
  readonly reachIntervalS: number | null;
};

/** How often the lab's devices are asked for a sign of life; history is laid down as if they always had been. */
export const REACH_INTERVAL_S = 5;
/** What a box says each 15 s and is not heard saying three times, it does not say. */
const BOX_MAX_AGE_S = 45;
const SNMP_PORT = 161;

const SNMP = 'Lab SNMP v2c';
const ROUTEROS = 'Lab RouterOS API';
const CAMERAS = 'Lab kamera';
const boxCredential = (code: string): string => `Lab MQTT ${code}`;

/** @param port of its agent on 127.0.0.1; undefined before it has one */
export function askingOf(played: LabDevice | LabThing, port: number | undefined): Asking {
  const common = { reachability: played.protocol, snmpPort: SNMP_PORT, reachIntervalS: null };
  const known = port === undefined ? {} : { port };
  switch (played.protocol) {
    case 'snmp':
      return {
        ...common,
        settings: {},
        snmpPort: port ?? SNMP_PORT,
        credential: SNMP,
        reachIntervalS: REACH_INTERVAL_S,
      };
    case 'routeros':
      return { ...common, settings: known, credential: ROUTEROS, reachIntervalS: REACH_INTERVAL_S };
    case 'rtsp':
      return {
        ...common,
        settings: { ...known, path: played.path },
        credential: played.needsPassword ? CAMERAS : null,
      };
    case 'http': {
      const url = `http://127.0.0.1:${port ?? 80}${played.path}`;
      return { ...common, settings: { url, text: played.title }, credential: null };
    }
    case 'mqtt': {
      const settings = { format: 'simpul', topic: played.topic, maxAgeS: BOX_MAX_AGE_S };
      return { ...common, settings, credential: boxCredential(played.code) };
    }
  }
}

/** Makes what signs in to the lab's devices, where it is missing. @returns ids by name */
export async function labCredentials(
  { credentials }: Pick<Inventory, 'credentials'>,
  things: readonly LabThing[],
): Promise<ReadonlyMap<string, string>> {
  const wanted: Parameters<typeof credentials.create>[0][] = [
    { name: SNMP, kind: 'snmp-v2c', settings: { community: LAB_COMMUNITY } },
    {
      name: ROUTEROS,
      kind: 'routeros',
      settings: { user: LAB_ROUTEROS_USER, password: LAB_ROUTEROS_PASSWORD, tls: 'off' },
    },
    { name: CAMERAS, kind: 'password', settings: { ...LAB_CAMERA_LOGIN } },
    ...things
      .filter(({ kind }) => kind === 'power-box')
      .map(({ code }) => ({
        name: boxCredential(code),
        kind: 'mqtt',
        settings: { username: code, password: LAB_BOX_PASSWORD },
      })),
  ];
  const ids = new Map((await credentials.list()).map(({ id, name }) => [name, id]));
  for (const credential of wanted) {
    if (!ids.has(credential.name)) ids.set(credential.name, (await credentials.create(credential)).id);
  }
  return ids;
}
