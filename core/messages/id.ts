/** Texts of messages in Indonesian: the form that every other language fills. Figures come formatted. */
export const id = {
  locale: 'id-ID',
  state: { down: 'Putus', degraded: 'Terganggu', flapping: 'Tidak stabil' },
  cause: {
    power: 'listrik padam',
    uplink: 'jalur ke atas putus',
    'shared-segment': 'ruas bersama putus',
    device: 'perangkat rusak',
    'collector-blind': 'pemantau tidak dapat melihat',
    planned: 'pekerjaan terencana',
    unknown: 'belum diketahui',
  },
  recovered: 'Pulih',
  escalated: 'Belum pulih',
  since: (moment: string) => `Sejak ${moment}.`,
  place: (place: string) => `Lokasi: ${place}.`,
  presumed: (cause: string, confidence: string | null) =>
    `Dugaan penyebab: ${cause}${confidence === null ? '' : ` (keyakinan ${confidence})`}.`,
  presumedShort: (cause: string) => `Dugaan: ${cause}.`,
  affected: (sites: string, devices: string) => `Terdampak: ${sites} lokasi, ${devices} perangkat.`,
  affectedShort: (sites: string) => `${sites} lokasi terdampak.`,
  recoveredAt: (moment: string, lasting: string) => `Pulih ${moment} setelah ${lasting}.`,
  recoveredAfter: (lasting: string) => `Pulih setelah ${lasting}.`,
  notAcknowledged: (lasting: string) => `Sudah ${lasting} dan belum ada yang menangani.`,
  acknowledged: (lasting: string, who: string) => `Sudah ${lasting}, ditangani oleh ${who}, belum pulih.`,
  step: (step: string) => `Eskalasi tingkat ${step}.`,
  open: 'Buka',
  officer:
    'Mohon diperiksa: apakah lampunya menyala dan stekernya terpasang? Jawab lewat tautan ini, cukup tiga ketukan.',
  officerShort: 'Mohon periksa dan jawab:',
  test: {
    subject: 'Pesan uji dari Simpul',
    text: (channel: string, moment: string) =>
      `Saluran "${channel}" berfungsi: pesan ini dikirim ${moment}. Tidak ada yang perlu dilakukan.`,
    short: (moment: string) => `Pesan uji dari Simpul, ${moment}.`,
  },
  time: {
    lessThanMinute: 'kurang dari 1 menit',
    minute: (count: string) => `${count} menit`,
    hour: (count: string) => `${count} jam`,
    day: (count: string) => `${count} hari`,
  },
};

export type Dictionary = typeof id;
