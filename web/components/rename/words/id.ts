export const id = {
  rename: 'Ubah nama',
  name: 'Nama',
  saved: (name: string) => `Nama diubah menjadi ${name}.`,
  takenBack: (name: string) => `Nama “${name}” belum tersimpan, jadi dikembalikan seperti semula.`,
  again: 'Ubah lagi',
};

export type RenameDictionary = typeof id;
