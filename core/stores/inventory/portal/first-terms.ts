/**
 * The terms that a province starts with, until it writes its own: three lines that everybody reads, then the text. They
 * tell what UU 27/2022 article 21 asks for: on what ground, what for, which data, how long, and the rights.
 */
export const FIRST_TERMS = {
  id: `Wi-Fi ini gratis dan disediakan pemerintah daerah untuk umum.
Kami mencatat perangkat, waktu, dan jumlah pemakaian, bukan isi yang Anda buka.
Catatan dihapus setelah 90 hari. Anda dapat melihat dan menghapusnya di "Data saya".

Layanan. Wi-Fi ini disediakan untuk umum, dengan batas waktu dan data yang sama bagi semua orang di tempat ini. Sambungan dapat terputus. Jangan kirim kata sandi atau uang melalui situs yang tidak Anda percayai.

Pemakaian. Patuhi hukum yang berlaku. Jangan mengganggu pemakai lain, menyebarkan penipuan, atau mencoba masuk ke perangkat orang lain. Akses dapat dihentikan bila aturan ini dilanggar.

Data yang dicatat. Penanda perangkat (alamat MAC) dan, bila Anda masuk dengan kode, nomor telepon Anda. Keduanya disimpan dalam bentuk sandi yang tidak dapat dibaca kembali sebagai nomor. Kami juga mencatat tempat, waktu mulai dan selesai, dan jumlah data. Kami tidak mencatat situs yang Anda buka.

Tujuan dan dasar. Data dipakai untuk membuka sambungan, membagi jatah dengan adil, mengatasi gangguan, dan memenuhi kewajiban hukum. Dasarnya persetujuan Anda dan tugas pelayanan publik (UU 27/2022 tentang Pelindungan Data Pribadi). Kabar dari pemerintah daerah hanya dikirim bila Anda memilihnya sendiri.

Lama simpan. Catatan sambungan 90 hari, sesudah itu hanya jumlah tanpa orang. Kode telepon 30 hari. Bukti persetujuan ini dua tahun setelah berakhir.

Hak Anda. Anda dapat melihat data Anda, menarik persetujuan, dan meminta penghapusan melalui halaman "Data saya". Permintaan dijawab paling lama 3 x 24 jam. Bila persetujuan layanan ditarik, sambungan berikutnya memerlukan persetujuan baru.

Anak. Kami tidak meminta tanggal lahir, tidak menampilkan iklan, dan tidak membuat profil. Anak di bawah 18 tahun memakai Wi-Fi ini dengan izin orang tua atau wali.

Perubahan. Bila ketentuan ini berubah, Anda diminta menyetujui yang baru sebelum berlaku bagi Anda.`,
  en: `This Wi-Fi is free and provided to everybody by the local government.
We record the device, the time and the amount of use, not what you open.
Records are removed after 90 days. You can see and erase them under "My data".

Service. This Wi-Fi is for the public, with the same limits of time and data for everybody at this place. The connection may break. Do not send passwords or money through sites that you do not trust.

Use. Obey the law. Do not disturb others, spread fraud, or try to enter other people's devices. Access may be ended where these rules are broken.

Data that is recorded. A mark of the device (its MAC address) and, if you enter with a code, your telephone number. Both are kept in a coded form that cannot be read back as a number. We also record the place, the time of beginning and end, and the amount of data. We do not record which sites you open.

Purpose and ground. The data serves to open the connection, to share the limits fairly, to mend faults and to fulfil legal duties. Its ground is your consent and the task of serving the public (Law 27/2022 on the protection of personal data). News of the local government is sent only if you choose it yourself.

How long. Records of connections for 90 days, afterwards only sums without people. Telephone codes for 30 days. The proof of this consent for two years after it ended.

Your rights. You can see your data, withdraw your consent and ask for erasure on the page "My data". Requests are answered within 3 x 24 hours. After the consent to the service is withdrawn, the next connection asks for a new one.

Children. We do not ask for a date of birth, show no advertisement and build no profiles. Children under 18 use this Wi-Fi with the leave of a parent or guardian.

Changes. If these terms change, you are asked to agree to the new ones before they hold for you.`,
} as const;
