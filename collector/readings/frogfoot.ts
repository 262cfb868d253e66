import { numberOf } from '../snmp/value.ts';
import { readingColumns } from './reading-columns.ts';

const MEMORY = '1.3.6.1.4.1.10002.1.1.1.1';
const FREE = `${MEMORY}.2`;

/** Memory by FROGFOOT-RESOURCES-MIB, which the agents of older Ubiquiti firmware have; both columns in kB. */
export const frogfootMemory = readingColumns([
  {
    group: 'usage',
    class: 'memory',
    id: 'frogfoot',
    value: `${MEMORY}.1`,
    label: { text: 'Memory' },
    uses: [FREE],
    convert(total, cell) {
      const free = numberOf(cell(FREE));
      return free === null || total <= 0 ? null : 100 * (1 - free / total);
    },
  },
]);
