import type { AgencyDictionary } from './id.ts';

export const en: AgencyDictionary = {
  title: 'Our agency',
  none: 'This account has no agency yet',
  noneText: "Ask an administrator to set the agency's site for this account.",
  state: {
    up: 'The network of the agency runs normally',
    degraded: 'The network of the agency is partly disturbed',
    down: 'The network of the agency is down',
    unknown: 'The network of the agency cannot be seen',
  },
  incidents: 'Incidents under way',
  noIncidents: 'No incident concerns this agency.',
  allIncidents: 'All incidents',
  elsewhere: 'The root lies outside this site',
  handled: 'Being worked on',
  waiting: 'Waiting for someone',
  noLinks: 'No link is recorded yet',
  noLinksText: 'An administrator records the links that end at this agency.',
  devices: 'Devices and services',
  statement: (month) => `Statement of service, ${month}`,
  running: 'The month still runs; its figures will change.',
  noStatement: 'There is no statement for this month yet.',
  agreed: 'Agreed',
  verdict: { met: 'met', missed: 'missed', 'not-judged': 'not judged' },
  pdf: 'Download PDF',
  csv: 'Download CSV',
};
