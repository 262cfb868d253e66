/** Texts of what something is for: devices, sites, regions. */
export const id = {
  find: 'Ketik nama, kode, atau alamat',
  kind: { device: 'Perangkat', site: 'Lokasi', region: 'Wilayah', link: 'Jalur' },
  remove: (name: string) => `Hapus ${name} dari pilihan`,
};

export type TargetDictionary = typeof id;
