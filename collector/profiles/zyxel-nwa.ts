import type { Profile } from '../profile.ts';
import { channelMegahertz } from '../readings/ieee80211.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { usage } from '../readings/usage.ts';
import { ZYXEL_MGMT } from '../readings/zyxel.ts';

/** A row a radio. */
const RADIO = `${ZYXEL_MGMT}.5.1.1`;
const OLD = '1.3.6.1.4.1.890.1.6.22.1';

/** Access points of Zyxel: NWA, WAC and WAX. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.890', descr: /^(?:NWA|WA[CX]|WBE)/ }],
  identity: {
    vendor: [{ text: 'Zyxel' }],
    os: [{ text: 'zyxelnwa' }],
    model: [{ oid: `${ZYXEL_MGMT}.1.11.0` }, { from: 'sysDescr', pattern: /^\w+-?\d\w*/ }],
    version: [{ oid: `${ZYXEL_MGMT}.1.6.0`, pattern: /^[^|\s]+/ }],
    serial: [{ oid: `${ZYXEL_MGMT}.1.12.0` }],
  },
  readings: [
    readingColumns([
      { group: 'wireless', class: 'clients', value: `${RADIO}.2`, label: { text: 'Radio $index' } },
      {
        group: 'wireless',
        class: 'frequency',
        value: `${RADIO}.6`,
        label: { text: 'Radio $index' },
        convert: (channel) => channelMegahertz(channel),
      },
    ]),
    readingColumns([
      { group: 'wireless', class: 'clients', value: `${ZYXEL_MGMT}.5.15`, label: { text: 'All radios' }, id: 'total' },
      usage('processor', `${OLD}.1`, 'Processor'),
      usage('memory', `${OLD}.2`, 'Memory'),
    ]),
  ],
};
