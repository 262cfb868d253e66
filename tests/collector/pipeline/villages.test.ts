import { expect, test } from 'vitest';
import { followVillages } from '../../../collector/pipeline/villages.ts';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import type { SiteKind } from '../../../core/domain/site.ts';

const device = (id: string, siteKind: SiteKind, siteId: string = siteKind): WatchedDevice => ({
  id,
  kind: 'router',
  siteId,
  siteKind,
  regionCode: '16.03.11.2009',
  host: '10.0.0.1',
  reachability: 'icmp',
  tcpPort: null,
  snmpPort: 161,
  countsForSite: true,
  settings: {},
  credential: null,
  parentIds: [],
  medium: null,
  reachIntervalMs: 6_000,
  pollIntervalMs: 60_000,
  timeoutMs: null,
  retries: null,
});

test('a village follows its two sites, and only changes are told', () => {
  const villages = followVillages(() => 'up');
  villages.replace([device('office', 'village-office'), device('public', 'village-public')]);

  const changes = [
    villages.apply('office', 'down'),
    villages.apply('office', 'down'),
    villages.apply('public', 'down'),
    villages.apply('office', 'unknown'),
    villages.apply('public', 'unknown'),
    villages.apply('office', 'up'),
    villages.apply('public', 'up'),
  ];

  expect(changes.map((change) => change && `${change.previous} → ${change.state}`)).toEqual([
    'normal → partial',
    null,
    'partial → down',
    'down → partial',
    'partial → unknown',
    null,
    'unknown → normal',
  ]);
});

test('a site is as bad as the worst of its devices', () => {
  const villages = followVillages(() => 'up');
  villages.replace([
    device('router', 'village-office'),
    device('ap', 'village-office'),
    device('public', 'village-public'),
  ]);

  expect(villages.apply('ap', 'down')).toMatchObject({ state: 'partial' });
});

test('devices of other sites in the village do not make its state', () => {
  const villages = followVillages(() => 'up');
  villages.replace([device('office', 'village-office'), device('shelter', 'shelter')]);

  expect(villages.apply('shelter', 'down')).toBeNull();
  expect(villages.apply('stranger', 'down')).toBeNull();
});
