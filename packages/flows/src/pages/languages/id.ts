import type { PageTexts } from '../page-texts.ts';

/** The words of the claim pages in Indonesian. */
export const id: PageTexts = {
  languageLabel: 'Bahasa',
  errorTitle: 'Kesalahan: {title}',
  help: 'Ada pertanyaan? Tulis ke {helpEmail}.',
  helpWithoutAddress: 'Ada pertanyaan? Hubungi {institution}.',
  back: 'Kembali',
  tryAgain: 'Coba lagi',

  startTitle: 'Kredensial dari {institution}',
  startLead:
    '{institution} menerbitkan kredensial digital yang dapat Anda simpan di SEEK Pass. Pertama, tunjukkan bahwa tautan ini memang dikirim kepada Anda.',
  startStepCode: 'Kami mengirim kode lewat email. Anda mengetiknya di sini.',
  startStepCheck: 'Anda memeriksa nama Anda dan kredensialnya.',
  startStepAdd: 'Anda menambahkannya ke akun SEEK Pass Anda.',
  startHint: 'Kode dikirim ke alamat email Anda yang tercatat di {institution}.',
  startButton: 'Kirim kode ke email saya',

  codeTitle: 'Ketik kode Anda',
  codeLead:
    'Kami mengirim kode ke alamat email Anda yang tercatat di {institution}. Kode ini berlaku selama {minutes} menit.',
  codeLabel: 'Kode dari email',
  codeHint: 'Hanya kode terbaru yang berlaku. Tidak ada email? Periksa juga folder spam.',
  codeButton: 'Lanjutkan',
  codeResend: 'Kirim kode baru',
  codeWrong: 'Kode ini tidak benar. Lihat email terbaru dan coba lagi.',
  codeExpired: 'Kode ini sudah kedaluwarsa. Minta kode baru.',
  codeUsedUp: 'Kode ini tidak berlaku lagi. Minta kode baru.',

  factsTitle: 'Satu pemeriksaan lagi',
  factsLead: '{institution} juga meminta hal ini, agar kredensial sampai kepada orang yang tepat.',
  factsButton: 'Lanjutkan',
  factsWrong: 'Jawaban ini tidak sesuai dengan catatan {institution}. Periksa kembali dan coba lagi.',
  factsExpired: 'Waktunya sudah habis. Buka kembali tautan di email Anda.',
  factsUsedUp: 'Terlalu banyak percobaan. Mintalah bantuan kepada {institution}.',
  factStudentNumber: 'Nomor mahasiswa',
  factBirthDate: 'Tanggal lahir (tahun-bulan-tanggal)',
  factPhone: 'Nomor telepon',

  awardsTitle: 'Kredensial Anda',
  awardsNone: 'Saat ini tidak ada kredensial untuk Anda di sini.',
  awardsKeeper:
    'Kredensial akan disimpan di akun SEEK Pass yang masuk di perangkat ini. Di komputer bersama, gunakan ponsel Anda.',
  awardsAppTitle: 'Lalu masuk ke aplikasi SEEK Pass',
  awardsApp:
    'Setelah menambahkan kredensial, pasang aplikasi SEEK Pass dan masuk ke dalamnya dalam waktu 48 jam. Jika tidak, SEEK Pass akan menghapus yang Anda tambahkan.',
  awardsOpenedWithdrawn: '{institution} telah menarik kredensial dari tautan yang Anda buka.',
  awardsOpenedSuperseded: 'Tautan yang Anda buka adalah untuk versi lama. Versi terbaru ada di bawah ini.',
  awardName: 'Nama',
  awardIssuer: 'Diterbitkan oleh',
  awardDate: 'Tanggal',
  awardNameWrong: 'Namanya salah? Jangan tambahkan kredensial ini. Tulis ke {helpEmail}.',
  awardNameWrongWithoutAddress: 'Namanya salah? Jangan tambahkan kredensial ini. Hubungi {institution}.',
  awardAdd: 'Tambahkan ke SEEK Pass',
  awardContinue: 'Lanjutkan di SEEK Pass',
  awardAddAgain: 'Tambahkan lagi',
  standingReady: 'Siap ditambahkan',
  standingStarted: 'Sudah dimulai, belum selesai',
  standingAdded: 'Sudah ditambahkan ke SEEK Pass',
  standingDeclined: 'Anda menolaknya di SEEK Pass',
  standingClosed: 'Tidak diselesaikan di SEEK Pass',
  standingPaused: 'Dijeda',
  standingPausedMore:
    '{institution} menjeda ini untuk sementara. Kembalilah nanti: tautan Anda tetap berlaku.',
  standingNeedsMending: 'Perlu diperbaiki',
  standingNeedsMendingMore:
    'SEEK Pass tidak menerima kredensial ini. {institution} harus memperbaikinya. Kembalilah nanti.',
  standingWithdrawn: 'Ditarik oleh {institution}',
  signOut: 'Keluar dari halaman ini',

  againTitle: 'Tambahkan lagi?',
  againAdded:
    'Menurut SEEK Pass, kredensial ini sudah ditambahkan. Tambahkan lagi hanya jika Anda kehilangannya: Anda mungkin mendapat salinan kedua.',
  againDeclined: 'Anda menolak kredensial ini di SEEK Pass. Anda masih dapat menambahkannya.',
  againClosed: 'Penambahan kredensial ini tidak diselesaikan di SEEK Pass. Anda dapat memulainya lagi.',
  againButton: 'Ya, tambahkan lagi',
  againBack: 'Tidak, kembali',

  loadingTitle: 'Menuju SEEK Pass',
  loadingLead: 'SEEK Pass akan segera terbuka, agar Anda dapat menambahkan “{credential}”.',
  loadingButton: 'Lanjut ke SEEK Pass',

  unknownLinkTitle: 'Kami tidak mengenali tautan ini',
  unknownLink: 'Mungkin ada bagian yang hilang. Buka lagi dari email Anda, atau salin seluruh tautannya.',
  newerLinkTitle: 'Tautan yang lebih baru sudah dikirim',
  newerLink:
    'Tautan ini tidak berlaku lagi. Cari email terbaru dari {institution} dan buka tautan di dalamnya.',
  linkExpiredTitle: 'Silakan buka lagi tautan Anda',
  linkExpired:
    'Demi keamanan Anda, halaman ini ditutup setelah beberapa saat. Buka lagi tautan di email Anda: tautan itu tetap berlaku.',
  withdrawnTitle: 'Kredensial ini sudah ditarik',
  withdrawn: '{institution} telah menariknya, sehingga tidak dapat ditambahkan lagi.',
  wrongPersonTitle: 'Tautan ini untuk orang lain',
  wrongPerson:
    'Akun yang Anda gunakan untuk masuk bukan akun yang dituju oleh tautan ini. Masuklah dengan akun Anda sendiri, lalu buka lagi tautannya.',
  guardianNeededTitle: 'Orang tua atau wali harus menyetujui',
  guardianNeeded:
    'Menurut catatan kami, Anda masih di bawah umur. {institution} akan menjelaskan apa yang harus dilakukan oleh orang tua atau wali.',
  unavailableTitle: 'SEEK Pass sedang tidak menjawab',
  unavailable: 'Tidak ada yang hilang: tempat Anda kami simpan. Silakan coba lagi dalam beberapa menit.',
  pausedTitle: 'Ini sedang dijeda',
  paused: '{institution} menjeda penambahan kredensial. Kembalilah nanti: tautan Anda tetap berlaku.',
  rejectedTitle: 'Kredensial ini perlu diperbaiki',
  rejected:
    'SEEK Pass tidak menerimanya. {institution} harus memperbaikinya. Anda tidak perlu melakukan apa pun sekarang.',
  mailFailedTitle: 'Kami tidak dapat mengirim email',
  mailFailed:
    'Silakan coba lagi dalam beberapa menit. Jika gagal lagi, minta {institution} untuk memeriksa alamat email Anda.',
  tooManyTitle: 'Terlalu banyak percobaan',
  tooMany: 'Silakan tunggu beberapa saat, lalu buka lagi tautan di email Anda. Tautan Anda tetap berlaku.',
  handoffOverTitle: 'Silakan mulai lagi',
  handoffOver:
    'Demi keamanan Anda, langkah ini hanya berlaku satu kali dan selama satu menit. Kembalilah ke halaman sebelumnya dan tekan lagi tombol di sana.',
  foreignFormTitle: 'Kami tidak dapat menerimanya',
  foreignForm:
    'Peramban Anda harus mengizinkan cookie untuk halaman ini. Izinkan, lalu buka lagi tautan di email Anda.',
  oursTitle: 'Ada yang salah di sini',
  ours: 'Kesalahan ada pada kami. Tidak ada yang ditambahkan dan tautan Anda tetap berlaku. Silakan coba lagi dalam beberapa menit.',
};
