import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { usage } from '../readings/usage.ts';

/** Switches of QTECH, which Digital China (DCN) makes and sells too: both have the same tables. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.27514' }, { objectId: '1.3.6.1.4.1.6339' }],
  identity: {
    vendor: [{ from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.27514\b/, text: 'QTECH' }, { text: 'DCN' }],
    os: [{ from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.27514\b/, text: 'qtech' }, { text: 'dcn-software' }],
    model: [{ from: 'sysDescr', pattern: /^(\S+) Device/ }],
    version: [{ from: 'sysDescr', pattern: /SoftWare Version (?:\S+_)?(\d[\w.()]*)/ }],
    serial: [{ from: 'sysDescr', pattern: /(?:serial number|Serial No\.:) ?(\w+)/i }],
  },
  readings: ['1.3.6.1.4.1.27514', '1.3.6.1.4.1.6339'].map((enterprise) =>
    readingColumns([usage('processor', `${enterprise}.100.1.11.10`, 'Processor')]),
  ),
};
