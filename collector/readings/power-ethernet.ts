import { readingColumns } from './reading-columns.ts';

const MAIN_PSE = '1.3.6.1.2.1.105.1.3.1.1';

/** What each power source has for its ports, and what they take, in W (POWER-ETHERNET-MIB, RFC 3621). */
export const poeBudget = readingColumns([
  { group: 'sensor', class: 'power', id: 'poe.budget', value: `${MAIN_PSE}.2`, label: { text: 'PoE budget' } },
  // 1 on, 2 off, 3 faulty.
  { group: 'sensor', class: 'state', id: 'poe', value: `${MAIN_PSE}.3`, label: { text: 'PoE source' } },
  { group: 'sensor', class: 'power', id: 'poe.used', value: `${MAIN_PSE}.4`, label: { text: 'PoE used' } },
]);
