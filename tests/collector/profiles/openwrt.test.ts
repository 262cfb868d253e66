import { expect, test } from 'vitest';
import { loadProfiles } from '../../../collector/profile.ts';
import {
  EXTEND_FIRST_LINE,
  EXTEND_OUTPUT,
  extendIndex,
  extendName,
} from '../../../collector/readings/net-snmp-extend.ts';
import type { SnmpValue, VarBind } from '../../../collector/snmp/value.ts';
import { agentHolding } from '../../support/recorded-agent.ts';
import { replay } from '../../support/recordings.ts';

const text = (value: string): SnmpValue => ({ type: 'octets', value: Buffer.from(value) });
const says = (script: string, line: string): VarBind => ({
  oid: `${EXTEND_FIRST_LINE}.${extendIndex(script)}`,
  value: text(line),
});

test('the scripts of an access point tell of its radios, by the names that people gave them', async () => {
  const agent = agentHolding([
    { oid: '1.3.6.1.2.1.1.1.0', value: text('Linux balai-desa 5.15.150 #0 Fri Mar 22 22:09:42 2024 mips') },
    { oid: '1.3.6.1.2.1.1.2.0', value: { type: 'oid', value: '1.3.6.1.4.1.8072.3.2.10' } },
    says('distro', 'OpenWrt 23.05.3'),
    says('hardware', 'TP-Link Archer C7 v5'),
    says('clients-phy0-ap0', '12'),
    says('clients-wlan', ''),
    says('noise-floor-phy0-ap0', '-95'),
    says('rate-tx-phy0-ap0-avg', '130000000'),
    says('snr-phy1-ap0-min', 'no clients'),
    says('uptime-days', '12'),
    {
      oid: `${EXTEND_OUTPUT}.${extendIndex('interfaces')}`,
      value: text('phy0-ap0,Balai Desa\nphy1-ap0,Balai Desa 5G\n'),
    },
  ]);

  const { device, readings } = await replay(agent, await loadProfiles());

  expect(device).toMatchObject({ os: 'openwrt', model: 'TP-Link Archer C7 v5', version: '23.05.3' });
  const told = readings.map(({ class: kind, index, value, label }) => `${kind} ${index}: ${value}, ${label}`);
  expect(told.sort()).toEqual([
    'clients phy0-ap0: 12, Balai Desa',
    'noise-floor phy0-ap0: -95, Balai Desa',
    'rate tx-phy0-ap0-avg: 130000000, Balai Desa tx avg',
  ]);
});

test('the index of a script is its name', () => {
  expect(extendName(extendIndex('rate-rx-wlan0-min'))).toBe('rate-rx-wlan0-min');
  expect(extendName('3.97.98')).toBe('');
});
