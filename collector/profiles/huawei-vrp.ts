import type { Profile } from '../profile.ts';
import { huaweiEntities, huaweiOptics } from '../readings/huawei-entity.ts';
import { huaweiWlan } from '../readings/huawei-wlan.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { freeOf, usage } from '../readings/usage.ts';

const HUAWEI = '1.3.6.1.4.1.2011';
const PHYSICAL_SERIAL = '1.3.6.1.2.1.47.1.1.1.1.11';
/** hwFlhPartitionTable (HUAWEI-FLASH-MAN-MIB): sizes in KB. */
const FLASH = `${HUAWEI}.6.9.1.4.2.1`;
const VERSION = /Version ([\d.]+) \((?:.*\s)?(V\d+R\w+)\)/;

/** Switches, routers and wireless controllers of Huawei that run its Versatile Routing Platform. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.2011', descr: /Versatile Routing Platform|\bVRP\b/ },
    { objectId: '1.3.6.1.4.1.2011.2.23' },
    { objectId: '1.3.6.1.4.1.2011.2.224' },
    { objectId: '1.3.6.1.4.1.2011.2.239' },
    { objectId: '1.3.6.1.4.1.2011.2.240' },
  ],
  identity: {
    vendor: [{ text: 'Huawei' }],
    os: [{ from: 'sysDescr', pattern: /YunShan/, text: 'yunshan' }, { text: 'vrp' }],
    model: [
      // hwEntitySystemModel
      { oid: `${HUAWEI}.5.25.31.6.5.0` },
      { from: 'sysDescr', pattern: /^Huawei (\S+) Huawei Versatile/ },
      { from: 'sysDescr', pattern: /Version [\d.]+ \((\S.*?) V\d+R/ },
      { from: 'sysDescr', pattern: /^(\S+)\s+Huawei Versatile/ },
    ],
    version: [
      {
        parts: [
          { from: 'sysDescr', pattern: VERSION, text: '$1 ($2)' },
          // hwPatchVersion
          { column: `${HUAWEI}.5.25.19.1.8.5.1.1.4`, pattern: /\S+/, text: '[$1]' },
        ],
        join: ' ',
      },
      // Without a patch; said as others say it.
      { from: 'sysDescr', pattern: VERSION, text: '$1 ($2) [unlocked]' },
      { from: 'sysDescr', pattern: /Version ([\d.]+)/ },
    ],
    serial: [
      // hwSystemGlobalESN
      { oid: `${HUAWEI}.5.25.188.1.1.0` },
      { column: PHYSICAL_SERIAL, pattern: /^\w{8,}$/ },
    ],
  },
  readings: [
    ...huaweiEntities,
    huaweiOptics,
    ...huaweiWlan,
    // HUAWEI-ENERGYMNGT-MIB, in mW
    readingColumns([
      sensor('power', `${HUAWEI}.6.157.1.3`, 'Average power', { id: 'average', scale: 0.001 }),
      sensor('power', `${HUAWEI}.6.157.1.6`, 'Power', { id: 'current', scale: 0.001 }),
    ]),
    readingColumns([
      usage('storage', `${FLASH}.4`, '', {
        label: `${FLASH}.5`,
        ...freeOf(`${FLASH}.3`),
      }),
    ]),
  ],
};
