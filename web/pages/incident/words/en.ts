import type { IncidentDictionary } from './id.ts';

export const en: IncidentDictionary = {
  takenBack: 'Not saved, so it was put back as it was.',
};
