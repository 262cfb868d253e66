import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

/** DSLAMs of ZTE; the sysObjectID names the model. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.3902.1004' }],
  identity: {
    vendor: [{ text: 'ZTE' }],
    os: [{ text: 'zxdsl' }],
    model: [
      {
        from: 'sysObjectID',
        pattern: /^1\.3\.6\.1\.4\.1\.3902\.1004\.(\d+\.\d+(?:\.\d+)*)/,
        names: {
          '9806.22.1.1.1': 'ZXDSL 9806V',
          '9806.1.1.1.1': 'ZXDSL 9806H',
          '9806.1': 'ZXDSL 9806H',
          '9836.1': 'ZXDSL 9836',
        },
      },
      { from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.3902\.1004\.(\d{4})/, text: 'ZXDSL $1' },
    ],
    version: [],
    serial: [],
  },
  readings: [readingColumns([sensor('temperature', '1.3.6.1.4.1.3902.1004.3.1.2.1', 'System')])],
};
