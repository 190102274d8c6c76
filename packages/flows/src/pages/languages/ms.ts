import type { PageTexts } from '../page-texts.ts';

/** The words of the claim pages in Malay. */
export const ms: PageTexts = {
  languageLabel: 'Bahasa',
  errorTitle: 'Ralat: {title}',
  help: 'Ada soalan? Tulis kepada {helpEmail}.',
  helpWithoutAddress: 'Ada soalan? Hubungi {institution}.',
  back: 'Kembali',
  tryAgain: 'Cuba lagi',

  startTitle: 'Kelayakan daripada {institution}',
  startLead:
    '{institution} mengeluarkan kelayakan digital yang boleh anda simpan dalam SEEK Pass. Mula-mula, tunjukkan bahawa pautan ini memang dihantar kepada anda.',
  startStepCode: 'Kami menghantar kod melalui e-mel. Anda menaipnya di sini.',
  startStepCheck: 'Anda menyemak nama anda dan kelayakan itu.',
  startStepAdd: 'Anda menambahkannya ke akaun SEEK Pass anda.',
  startHint: 'Kod dihantar ke alamat e-mel anda yang ada dalam rekod {institution}.',
  startButton: 'E-mel kod kepada saya',

  codeTitle: 'Taip kod anda',
  codeLead:
    'Kami telah menghantar kod ke alamat e-mel anda yang ada dalam rekod {institution}. Kod ini sah selama {minutes} minit.',
  codeLabel: 'Kod daripada e-mel',
  codeHint: 'Hanya kod terbaharu yang boleh digunakan. Tiada e-mel? Semak juga folder spam.',
  codeButton: 'Teruskan',
  codeResend: 'Hantar kod baharu',
  codeWrong: 'Kod ini tidak betul. Lihat e-mel terbaharu dan cuba lagi.',
  codeExpired: 'Kod ini sudah tamat tempoh. Minta kod baharu.',
  codeUsedUp: 'Kod ini tidak boleh digunakan lagi. Minta kod baharu.',

  factsTitle: 'Satu semakan lagi',
  factsLead: '{institution} turut meminta maklumat ini, supaya kelayakan sampai kepada orang yang betul.',
  factsButton: 'Teruskan',
  factsWrong: 'Jawapan ini tidak sama dengan rekod {institution}. Semak semula dan cuba lagi.',
  factsExpired: 'Masa sudah tamat. Buka semula pautan dalam e-mel anda.',
  factsUsedUp: 'Terlalu banyak cubaan. Minta bantuan daripada {institution}.',
  factStudentNumber: 'Nombor pelajar',
  factBirthDate: 'Tarikh lahir (tahun-bulan-hari)',
  factPhone: 'Nombor telefon',

  awardsTitle: 'Kelayakan anda',
  awardsNone: 'Buat masa ini tiada kelayakan untuk anda di sini.',
  awardsKeeper:
    'Kelayakan akan disimpan oleh akaun SEEK Pass yang log masuk pada peranti ini. Jika komputer ini dikongsi, gunakan telefon anda.',
  awardsAppTitle: 'Kemudian log masuk ke aplikasi SEEK Pass',
  awardsApp:
    'Selepas menambah kelayakan, pasang aplikasi SEEK Pass dan log masuk dalam masa 48 jam. Jika tidak, SEEK Pass akan memadamkan apa yang anda tambah.',
  awardsOpenedWithdrawn: '{institution} telah menarik balik kelayakan bagi pautan yang anda buka.',
  awardsOpenedSuperseded: 'Pautan yang anda buka adalah untuk versi lama. Versi terbaharu ada di bawah.',
  awardName: 'Nama',
  awardIssuer: 'Dikeluarkan oleh',
  awardDate: 'Tarikh',
  awardNameWrong: 'Nama salah? Jangan tambah kelayakan ini. Tulis kepada {helpEmail}.',
  awardNameWrongWithoutAddress: 'Nama salah? Jangan tambah kelayakan ini. Hubungi {institution}.',
  awardAdd: 'Tambah ke SEEK Pass',
  awardContinue: 'Teruskan di SEEK Pass',
  awardAddAgain: 'Tambah sekali lagi',
  standingReady: 'Sedia untuk ditambah',
  standingStarted: 'Sudah dimulakan, belum selesai',
  standingAdded: 'Sudah ditambah ke SEEK Pass',
  standingDeclined: 'Anda menolaknya di SEEK Pass',
  standingClosed: 'Tidak diselesaikan di SEEK Pass',
  standingPaused: 'Dihentikan sementara',
  standingPausedMore:
    '{institution} menghentikannya buat sementara waktu. Sila kembali kemudian: pautan anda masih boleh digunakan.',
  standingNeedsMending: 'Perlu dibetulkan',
  standingNeedsMendingMore:
    'SEEK Pass tidak menerima kelayakan ini. {institution} perlu membetulkannya. Sila kembali kemudian.',
  standingWithdrawn: 'Ditarik balik oleh {institution}',
  signOut: 'Log keluar dari halaman ini',

  againTitle: 'Tambah sekali lagi?',
  againAdded:
    'Menurut SEEK Pass, kelayakan ini sudah ditambah. Tambah sekali lagi hanya jika anda kehilangannya: anda mungkin mendapat salinan kedua.',
  againDeclined: 'Anda telah menolak kelayakan ini di SEEK Pass. Anda masih boleh menambahnya.',
  againClosed: 'Penambahan kelayakan ini tidak diselesaikan di SEEK Pass. Anda boleh bermula semula.',
  againButton: 'Ya, tambah sekali lagi',
  againBack: 'Tidak, kembali',

  loadingTitle: 'Menuju ke SEEK Pass',
  loadingLead: 'SEEK Pass akan dibuka sebentar lagi, supaya anda boleh menambah “{credential}”.',
  loadingButton: 'Teruskan ke SEEK Pass',

  unknownLinkTitle: 'Kami tidak mengenali pautan ini',
  unknownLink:
    'Mungkin ada bahagian yang hilang. Buka semula daripada e-mel anda, atau salin keseluruhannya.',
  newerLinkTitle: 'Pautan yang lebih baharu telah dihantar',
  newerLink:
    'Pautan ini tidak boleh digunakan lagi. Cari e-mel terbaharu daripada {institution} dan buka pautan di dalamnya.',
  linkExpiredTitle: 'Sila buka pautan anda sekali lagi',
  linkExpired:
    'Demi keselamatan anda, halaman ini ditutup selepas seketika. Buka semula pautan dalam e-mel anda: pautan itu masih boleh digunakan.',
  withdrawnTitle: 'Kelayakan ini telah ditarik balik',
  withdrawn: '{institution} telah menariknya balik, jadi kelayakan ini tidak boleh ditambah lagi.',
  wrongPersonTitle: 'Pautan ini untuk orang lain',
  wrongPerson:
    'Akaun yang anda gunakan untuk log masuk bukan akaun bagi pautan ini. Log masuk dengan akaun anda sendiri dan buka pautan itu sekali lagi.',
  guardianNeededTitle: 'Ibu bapa atau penjaga perlu bersetuju',
  guardianNeeded:
    'Menurut rekod kami, anda masih di bawah umur. {institution} akan memberitahu apa yang perlu dilakukan oleh ibu bapa atau penjaga.',
  unavailableTitle: 'SEEK Pass tidak menjawab sekarang',
  unavailable: 'Tiada apa-apa yang hilang: kami menyimpan tempat anda. Sila cuba lagi dalam beberapa minit.',
  pausedTitle: 'Ini dihentikan buat sementara waktu',
  paused:
    '{institution} menghentikan penambahan kelayakan buat sementara waktu. Sila kembali kemudian: pautan anda masih boleh digunakan.',
  rejectedTitle: 'Kelayakan ini perlu dibetulkan',
  rejected:
    'SEEK Pass tidak menerimanya. {institution} perlu membetulkannya. Anda tidak perlu berbuat apa-apa sekarang.',
  mailFailedTitle: 'Kami tidak dapat menghantar e-mel',
  mailFailed:
    'Sila cuba lagi dalam beberapa minit. Jika gagal lagi, minta {institution} menyemak alamat e-mel anda.',
  tooManyTitle: 'Terlalu banyak cubaan',
  tooMany:
    'Sila tunggu seketika, kemudian buka semula pautan dalam e-mel anda. Pautan anda masih boleh digunakan.',
  handoffOverTitle: 'Sila mula sekali lagi',
  handoffOver:
    'Demi keselamatan anda, langkah ini hanya berfungsi sekali dan selama satu minit. Kembali ke halaman sebelumnya dan tekan butang di situ sekali lagi.',
  foreignFormTitle: 'Kami tidak dapat menerimanya',
  foreignForm:
    'Pelayar anda perlu membenarkan kuki untuk halaman ini. Benarkannya, kemudian buka semula pautan dalam e-mel anda.',
  oursTitle: 'Ada masalah di sini',
  ours: 'Ini kesilapan kami. Tiada apa-apa yang ditambah dan pautan anda masih boleh digunakan. Sila cuba lagi dalam beberapa minit.',
};
