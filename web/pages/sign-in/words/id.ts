export const id = {
  with: (name: string) => `Masuk dengan ${name}`,
  or: 'atau',
  wrong: {
    'provider-off': 'Masuk lewat penyedia identitas belum diatur. Pakai nama akun dan kata sandi.',
    'provider-away': 'Penyedia identitas tidak menjawab. Ulangi sebentar lagi, atau pakai nama akun dan kata sandi.',
    'provider-refused': 'Penyedia identitas menolak, atau waktunya habis. Ulangi dari tombolnya.',
    'provider-stranger':
      'Identitas Anda belum punya akun di Simpul. Minta admin menambahkan alamat surel Anda pada sebuah akun.',
  },
  code: {
    title: 'Langkah kedua',
    text: 'Buka aplikasi pengautentikasi di telepon Anda, lalu ketik enam angka untuk Simpul.',
    label: 'Kode enam angka',
    submit: 'Periksa dan masuk',
    wrong: 'Kode tidak cocok, sudah dipakai, atau lewat waktunya. Tunggu kode berikutnya, lalu ketik lagi.',
    tooMany: 'Terlalu banyak kode yang salah. Tunggu 15 menit, lalu coba lagi.',
    over: 'Waktu untuk langkah kedua habis. Masuk lagi dari awal.',
    recovery: 'Telepon hilang? Pakai kode pemulihan',
    recoveryLabel: 'Kode pemulihan',
    recoveryText: 'Ketik salah satu kode yang Anda simpan. Habis semua? Minta admin melepas langkah kedua.',
    useApp: 'Pakai kode dari telepon',
  },
  enrol: {
    title: 'Pasang langkah kedua',
    text: 'Akun ini wajib memakai kode dari telepon selain kata sandi. Pasang sekali; sesudah itu Anda masuk.',
  },
  restart: 'Masuk dengan akun lain',
  link: {
    title: 'Buat kata sandi',
    for: (name: string) => `Untuk akun ${name}.`,
    until: (when: string) => `Tautan ini berlaku sekali, sampai ${when}.`,
    password: 'Kata sandi baru',
    hint: 'Paling sedikit 10 huruf. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.',
    submit: 'Simpan kata sandi',
    gone: 'Tautan ini sudah dipakai, diganti, atau lewat 24 jam.',
    goneText: 'Minta tautan baru kepada admin Simpul. Kata sandi lama tetap berlaku.',
    done: 'Kata sandi tersimpan.',
    doneText: 'Semua sesi lama akun ini sudah ditutup. Masuk dengan kata sandi baru.',
    signIn: 'Masuk',
  },
};

export type SignInDictionary = typeof id;
