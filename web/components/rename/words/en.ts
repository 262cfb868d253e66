import type { RenameDictionary } from './id.ts';

export const en: RenameDictionary = {
  rename: 'Rename',
  name: 'Name',
  saved: (name) => `Renamed to ${name}.`,
  takenBack: (name) => `The name “${name}” was not saved, so it was put back as it was.`,
  again: 'Change it again',
};
