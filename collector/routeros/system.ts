import { ProbeError } from '../../core/domain/errors.ts';
import type { DeviceIdentity } from '../identity.ts';
import type { BadReading } from '../snmp/bad-reading.ts';
import type { Cells } from './cells.ts';
import { type Ask, table } from './menu.ts';
import { orNothing } from './tolerate.ts';
import { versionOf } from './values.ts';

const RESOURCE = table('/system/resource', [
  'uptime',
  'version',
  'board-name',
  'architecture-name',
  'cpu-count',
  'cpu-load',
  'free-memory',
  'total-memory',
  'free-hdd-space',
  'total-hdd-space',
  'bad-blocks',
]);
export type SystemProp = NonNullable<(typeof RESOURCE)['props']>[number];
const IDENTITY = table('/system/identity', ['name']);
const BOARD = table('/system/routerboard', [
  'routerboard',
  'model',
  'serial-number',
  'current-firmware',
  'upgrade-firmware',
]);

/** @throws ProbeError; a router without this is none */
export async function readResource(ask: Ask): Promise<Cells<SystemProp>> {
  const rows = await ask.rows(RESOURCE);
  // Every router has this menu.
  if (rows === null)
    throw new ProbeError('auth', 'the user may not read what the router says of itself', { detail: 'permission' });
  const [resource] = rows;
  if (resource === undefined)
    throw new ProbeError('bad-answer', 'the router says nothing of itself', { detail: 'no-resource' });
  return resource;
}

/** Whole seconds since it started. */
export const uptimeOf = (resource: Cells<SystemProp>): number | null => resource.duration('uptime');

export type Board = DeviceIdentity & {
  /** Release channel, processor, and the boot loader's version now and after the next upgrade. */
  readonly channel: string | null;
  readonly architecture: string | null;
  readonly firmware: string | null;
  readonly nextFirmware: string | null;
};

/** Who the router is. Virtual ones have no board. */
export async function readBoard(
  ask: Ask,
  resource: Cells<SystemProp>,
  count: (reason: BadReading) => void,
): Promise<Board> {
  const [identities, boards] = await Promise.all([
    orNothing(ask.rows(IDENTITY), count),
    orNothing(ask.rows(BOARD), count),
  ]);
  const board = boards?.[0];
  const { version, channel } = versionOf(resource.text('version'));
  const uptimeS = uptimeOf(resource);
  return {
    vendor: 'MikroTik',
    os: 'routeros',
    model: orNull(board?.text('model')) ?? orNull(resource.text('board-name')),
    version: orNull(version),
    name: orNull(identities?.[0]?.text('name')),
    serial: orNull(board?.text('serial-number')),
    uptimeS: uptimeS === null ? null : Math.floor(uptimeS),
    profile: 'mikrotik-routeros',
    channel,
    architecture: orNull(resource.text('architecture-name')),
    firmware: orNull(board?.text('current-firmware')),
    nextFirmware: orNull(board?.text('upgrade-firmware')),
  };
}

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
