import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { usage } from '../readings/usage.ts';

const DRAYTEK = '1.3.6.1.4.1.7367.3';

/** Routers, modems and access points of DrayTek. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.7367' },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /DrayTek/ },
    { descr: /^DrayTek/ },
  ],
  identity: {
    vendor: [{ text: 'DrayTek' }],
    os: [{ text: 'draytek' }],
    model: [{ from: 'sysDescr', pattern: /Model: ?([^,]+)/ }, { oid: `${DRAYTEK}.1.0` }],
    version: [{ from: 'sysDescr', pattern: /Version: ?([^,\s]+)/ }, { oid: `${DRAYTEK}.2.0` }],
    serial: [],
  },
  readings: [hrProcessors, hrStorage, readingColumns([usage('memory', `${DRAYTEK}.7`, 'Memory', { id: 'draytek' })])],
};
