import type { VerifyTexts } from '../verify-texts.ts';

/** The words of the verify pages in Indonesian. */
export const id: VerifyTexts = {
  startTitle: 'Tunjukkan siapa Anda',
  start: '{institution} meminta Anda menunjukkan siapa Anda dengan SEEK Pass.',
  startStepSignIn: 'Anda masuk ke SEEK Pass, atau membuat akun di sana.',
  startStepShare: 'Anda memilih apa yang dibagikan. Anda juga boleh menolak.',
  startStepBack: 'Anda kembali ke browser ini, bukan ke browser lain.',
  startHint: 'Gunakan perangkat Anda sendiri. Hasilnya hanya kembali ke browser ini.',
  startButton: 'Lanjut ke SEEK Pass',

  waitingTitle: 'Mohon tunggu sebentar',
  waiting: 'SEEK Pass belum memberi tahu hasilnya. Halaman ini memeriksa lagi dengan sendirinya.',
  waitingButton: 'Periksa lagi sekarang',

  confirmedTitle: 'Terima kasih',
  confirmed:
    'SEEK Pass telah memastikan siapa Anda. {institution} sudah menerima hasilnya. Anda boleh menutup halaman ini.',
  somebodyElseTitle: 'Datanya tidak cocok',
  somebodyElse:
    'SEEK Pass memberikan data yang berbeda dari data di {institution}. Minta {institution} memeriksanya, lalu mulai lagi.',
  lookedAtTitle: 'Terima kasih',
  lookedAt: 'SEEK Pass telah menjawab. {institution} akan memeriksanya dan memberi tahu Anda kelanjutannya.',
  canceledTitle: 'Ini telah dibatalkan',
  canceled: 'Tidak ada yang dipastikan. Anda dapat memulai lagi di {institution}.',
  unfinishedTitle: 'Belum selesai',
  unfinished:
    'SEEK Pass belum memberi tahu hasilnya. Kami terus menanyakannya. Anda boleh menutup halaman ini.',
  elsewhereTitle: 'Hasilnya tidak dikirim ke browser ini',
  elsewhere:
    'Hasilnya hanya dikirim ke browser tempat Anda memulai. Jika itu browser ini, mulai lagi di {institution}.',
  overTitle: 'Waktunya sudah habis',
  over: 'Anda dapat memulai lagi di {institution}.',
  usedTitle: 'Tautan ini sudah digunakan',
  used: 'Tautan ini digunakan di browser lain. Kembali ke browser itu, atau minta tautan baru kepada {institution}.',
  unknownLinkTitle: 'Kami tidak mengenal tautan ini',
  unknownLink:
    'Mungkin ada bagian yang hilang. Salin seluruhnya, atau minta tautan baru kepada {institution}.',
  foreignFormTitle: 'Kami tidak dapat menerimanya',
  foreignForm: 'Browser Anda harus mengizinkan cookie untuk halaman ini. Izinkan, lalu buka tautan itu lagi.',
  unavailableTitle: 'SEEK Pass sedang tidak menjawab',
  unavailable: 'Tidak ada yang hilang. Silakan coba lagi beberapa menit lagi.',
  rejectedTitle: 'Ini belum bisa dilakukan',
  rejected: 'SEEK Pass tidak menerima permintaan ini. {institution} harus memeriksanya.',
  tooManyTitle: 'Terlalu banyak percobaan',
  tooMany: 'Silakan tunggu beberapa waktu, lalu coba lagi.',
  oursTitle: 'Terjadi kesalahan di sini',
  ours: 'Kesalahan ada pada kami. Silakan coba lagi beberapa menit lagi.',
};
