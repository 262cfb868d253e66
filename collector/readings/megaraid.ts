import { readingColumns } from './reading-columns.ts';

const ADAPTER = '1.3.6.1.4.1.3582.4.1.4';

/** RAID controllers in servers, their batteries and disks (LSI-MegaRAID-SAS-MIB). */
export const megaraid = [
  readingColumns([
    {
      group: 'sensor',
      class: 'temperature',
      value: `${ADAPTER}.1.2.1.42`,
      label: { text: 'RAID controller' },
      id: 'raid-controller',
      absent: [0],
    },
  ]),
  readingColumns([
    {
      group: 'sensor',
      class: 'temperature',
      value: `${ADAPTER}.1.6.2.1.16`,
      label: { text: 'RAID battery' },
      id: 'raid-battery',
      absent: [0],
    },
  ]),
  readingColumns([
    {
      group: 'sensor',
      class: 'temperature',
      value: `${ADAPTER}.2.1.2.1.36`,
      label: { text: 'Disk' },
      id: 'raid-disk',
      absent: [0],
    },
  ]),
];
