import type { RegenciesDictionary } from './id.ts';

export const en: RegenciesDictionary = {
  title: 'Regencies and cities',
  context: (count, edition) => `${count} regions · edition of regions ${edition} · availability of the last 30 days`,
  contextPlain: (count) => `${count} regions · availability of the last 30 days`,
  column: {
    name: 'Region',
    programme: 'Programme',
    villageCount: 'Villages',
    inProgramme: 'In programme',
    coverage: 'Coverage',
    normal: 'Normal',
    partial: 'Partial',
    down: 'Down',
    unknown: 'Unknown',
    hotspots: 'Hotspots',
    agencies: 'Agencies',
    outages: 'Outages',
    availability: 'Availability',
    clients: 'Online',
  },
  groups: { programme: 'Programme', villages: 'Programme villages by state', network: 'Network' },
  total: 'Total',
  sortBy: (column) => `Sort by ${column}`,
  empty: 'No regions yet.',
  emptyHint: 'Load a region pack with simpul regions import, then reload this page.',
  worstFirst: 'Worst first',
};
