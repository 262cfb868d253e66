/** Texts of the officer's page in Indonesian: the form that English fills. Plain words, no jargon, no blame. */
export const id = {
  locale: 'id-ID',
  title: (place: string) => `Wi-Fi ${place}`,
  village: (name: string) => `Desa ${name}`,
  ward: (name: string) => `Kelurahan ${name}`,
  otherLanguage: 'English',
  state: { up: 'normal', degraded: 'terganggu', down: 'putus', unknown: 'tidak diketahui' },
  since: (moment: string, lasting: string) => `sejak ${moment} (${lasting})`,
  step: (step: string, of: string) => `Langkah ${step} dari ${of}`,
  lamp: {
    ask: 'Apakah lampu alat Wi-Fi menyala?',
    hint: 'Lihat kotak Wi-Fi di dinding atau di meja.',
    answers: { on: 'Ya, menyala', off: 'Tidak, mati', unsure: 'Tidak tahu' },
    short: 'Lampu alat',
  },
  plug: {
    ask: 'Apakah kabel listriknya tercolok?',
    hint: 'Ikuti kabel dari alat sampai ke stopkontak.',
    answers: { in: 'Ya, tercolok', out: 'Tidak tercolok', 'no-power': 'Listrik desa padam', unsure: 'Tidak tahu' },
    short: 'Kabel listrik',
  },
  photo: {
    ask: 'Kirim foto alatnya',
    hint: 'Foto alat dan lampunya. Lokasi dan data HP Anda tidak ikut disimpan.',
    take: 'Ambil foto',
    send: 'Kirim foto',
    sending: 'Mengirim foto…',
    skip: 'Lewati, selesai',
    short: 'Foto',
    sent: (count: string) => `${count} terkirim`,
    more: 'Kirim foto lagi',
  },
  done: {
    title: 'Terima kasih, jawaban tersimpan',
    change: 'ubah',
    yourAnswers: 'Jawaban Anda',
    refresh: 'Halaman ini memperbarui diri setiap menit.',
  },
  advice: {
    'plug-in': 'Colokkan kembali kabelnya. Wi-Fi hidup sendiri dalam 5 menit setelah lampu menyala.',
    'wait-for-power': 'Wi-Fi hidup sendiri setelah listrik menyala. Tidak perlu melakukan apa-apa.',
    'try-socket': 'Coba stopkontak lain bila ada. Teknisi sudah menerima jawaban Anda.',
    'leave-it': 'Alat menyala, jadi gangguan ada di jalur. Biarkan menyala. Teknisi sudah menerima jawaban Anda.',
    wait: 'Teknisi sudah menerima jawaban Anda dan memeriksa dari jauh.',
  },
  handled: 'Gangguan ini sedang ditangani.',
  over: {
    title: 'Wi-Fi sudah kembali',
    text: 'Tidak ada lagi yang perlu dilakukan. Terima kasih sudah membantu.',
  },
  closed: {
    title: 'Gangguan ini sudah selesai',
    text: 'Bila Wi-Fi putus lagi, buka tautan dari pesan yang terbaru.',
  },
  downAgain: {
    title: 'Wi-Fi putus lagi',
    text: 'Gangguan dari pesan ini sudah selesai. Yang sekarang gangguan lain: buka tautan dari pesan yang terbaru.',
  },
  planned: {
    title: 'Sedang ada pemeliharaan',
    text: 'Pekerjaan ini sudah direncanakan. Tidak perlu melakukan apa-apa: Wi-Fi hidup lagi setelah selesai.',
  },
  call: (phone: string) => `Telepon ${phone}`,
  noPhone: 'Bila masih perlu bantuan, hubungi pengirim pesan.',
  problem: {
    expired: {
      title: 'Tautan ini sudah habis masanya',
      text: 'Tautan berlaku 7 hari. Bila Wi-Fi masih putus, buka tautan dari pesan yang terbaru.',
    },
    wrong: {
      title: 'Tautan ini tidak dikenal',
      text: 'Mungkin terpotong saat disalin. Buka lagi langsung dari pesannya.',
    },
    unset: {
      title: 'Halaman ini belum diaktifkan',
      text: 'Jawaban belum dapat diterima di sini. Sampaikan lewat telepon atau balas pesannya.',
    },
    often: {
      title: 'Tunggu beberapa menit',
      text: 'Halaman ini dibuka terlalu sering. Jawaban yang sudah tersimpan tetap ada.',
    },
    'too-many-photos': {
      title: 'Foto sudah cukup',
      text: 'Foto sebelumnya sudah diterima. Tidak perlu mengirim lagi.',
    },
    'photo-too-large': {
      title: 'Foto terlalu besar',
      text: 'Foto paling besar 8 MB. Ambil foto dengan ukuran lebih kecil, atau lewati saja.',
    },
    'photo-unreadable': {
      title: 'Foto tidak dapat dibaca',
      text: 'Yang dikirim bukan foto, atau terpotong di jalan. Ambil sekali lagi, atau lewati saja.',
    },
    failed: {
      title: 'Belum tersimpan',
      text: 'Ada kendala di pusat. Jawaban sebelumnya tetap ada. Coba lagi sebentar lagi.',
    },
  },
  again: 'Coba lagi',
  time: {
    lessThanMinute: 'kurang dari 1 menit',
    minute: (count: string) => `${count} menit`,
    hour: (count: string) => `${count} jam`,
    day: (count: string) => `${count} hari`,
  },
};

export type OfficerTexts = typeof id;
