import type { VillagesDictionary } from './id.ts';

export const en: VillagesDictionary = {
  people: 'People',
  since: 'Since',
  notInProgramme: 'outside the programme',
};
