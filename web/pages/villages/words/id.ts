export const id = {
  people: 'Jiwa',
  since: 'Sejak',
  notInProgramme: 'di luar program',
};

export type VillagesDictionary = typeof id;
