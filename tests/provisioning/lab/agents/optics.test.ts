import { afterAll, beforeAll, expect, test } from 'vitest';
import { probeHost } from '../../../../collector/probe-host.ts';
import { loadProfiles } from '../../../../collector/profile.ts';
import { Secret } from '../../../../core/config/secret.ts';
import { DAY } from '../../../../core/domain/clock.ts';
import { OPTICAL_POWER, opticsOf } from '../../../../core/domain/optics.ts';
import { type AgentHost, createAgentHost } from '../../../../provisioning/lab/agents/host.ts';
import { LAB_COMMUNITY } from '../../../../provisioning/lab/agents/snmp.ts';
import { opticalSeries } from '../../../../provisioning/lab/history/optics.ts';
import { moduleAt } from '../../../../provisioning/lab/model/optics.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';
import { hardwareOf, type LabDevice } from '../../../../provisioning/lab/network-builder.ts';

const NOW = Date.UTC(2026, 10, 21, 13);
const { devices } = labNetwork();
const ofHardware = (id: string): LabDevice => {
  const device = devices.find(({ hardware }) => hardware === id);
  if (device === undefined) throw new Error(`no device of the lab is a ${id}`);
  return device;
};
let host: AgentHost;
beforeAll(() => {
  host = createAgentHost(() => NOW);
});
afterAll(() => host.close());

const read = async (device: LabDevice) => {
  const port = await host.add(device, { bootAt: NOW - 9 * DAY, cuts: [] }, { port: 0 });
  const security = { version: '2c', community: new Secret(LAB_COMMUNITY) } as const;
  const { readings, interfaces } = await probeHost(
    { address: '127.0.0.1', port, security, timeoutMs: 5_000, retries: 2 },
    await loadProfiles(),
  );
  const light = readings
    .filter((reading) => reading.class === 'dbm' || reading.index.startsWith('optical.'))
    .map(({ class: name, index, label, value }) => ({ metric: `sensor.${name}`, instance: index, label, value }));
  return { light, interfaces };
};

test.each(['rb3011', 'hex', 'crs326'])('a %s tells the light of its uplink as the model has it', async (id) => {
  const device = ofHardware(id);
  const uplink = hardwareOf(device).ports.find(({ role }) => role === 'uplink');
  if (uplink === undefined) throw new Error(`a ${id} has no uplink`);

  const { light, interfaces } = await read(device);

  const { rx, tx } = opticsOf(uplink, interfaces, light);
  const module = moduleAt(device, uplink, NOW);
  expect([rx?.value, tx?.value]).toEqual([module?.rxDbm, module?.txDbm]);
  // What was and what comes are one series.
  const past = opticalSeries(device).filter(({ reach }) => reach === 'month');
  expect(past.map(({ metric, instance }) => [metric, instance])).toEqual([
    [OPTICAL_POWER, rx?.instance],
    [OPTICAL_POWER, tx?.instance],
  ]);
  expect(past.map((series) => series.read(NOW, 0, 0))).toEqual([rx?.value, tx?.value]);
});

test('what has no cage tells no light', async () => {
  const { light } = await read(ofHardware('wap-ac'));

  expect(light).toEqual([]);
});
