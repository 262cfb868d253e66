export const id = {
  tab: 'Laporan warga',
  title: 'Kapan laporan warga minta diperiksa',
  hint: 'Warga melapor lewat halaman Wi-Fi. Satu perangkat dihitung satu orang. Lokasi yang sudah diketahui putus tidak ikut dihitung.',
  people: 'Orang',
  minutes: 'Dalam waktu',
  minuteUnit: 'menit',
  sentence: (people: string, minutes: string) =>
    `Lokasi minta diperiksa bila ${people} orang atau lebih melapor dalam ${minutes} menit.`,
  saved: 'Tersimpan. Berlaku mulai laporan berikutnya.',
  onlyAdmin: 'Berlaku untuk seluruh wilayah, jadi hanya admin untuk seluruh wilayah yang dapat mengubahnya.',
};

export type ReportSettingsDictionary = typeof id;
