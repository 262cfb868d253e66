export const id = {
  takenBack: 'Belum tersimpan, jadi dikembalikan seperti semula.',
};

export type IncidentDictionary = typeof id;
