import type { LinksDictionary } from './id.ts';

export const en: LinksDictionary = {
  title: 'Links',
  count: (count) => `${count} links`,
  column: {
    name: 'Link',
    state: 'State',
    since: 'Since',
    medium: 'Medium',
    provider: 'Provider',
    contract: 'Contract',
    load: 'Load',
  },
  loadHint: '95th percentile of the busier direction, last hour',
  medium: 'Medium',
  agency: 'Agency',
  hiddenEnd: 'outside your region',
  internet: 'to the outside',
  ofContract: (share) => `${share} of the contract`,
  ways: 'What belongs to this link',
  onTopology: 'Show in the topology',
  terms: 'Contract and restitution',
  empty: 'No link in this region yet.',
  emptyHint: 'A link joins two sites, or a site and a provider. Add one, or import from a file.',
  emptyFiltered: 'No link matches the filters.',
};
