import type { VerifyTexts } from '../verify-texts.ts';

/** The words of the verify pages in Malay. */
export const ms: VerifyTexts = {
  startTitle: 'Tunjukkan siapa anda',
  start: '{institution} meminta anda menunjukkan siapa anda dengan SEEK Pass.',
  startStepSignIn: 'Anda log masuk ke SEEK Pass, atau membuat akaun di sana.',
  startStepShare: 'Anda memilih apa yang dikongsi. Anda juga boleh menolak.',
  startStepBack: 'Anda kembali ke pelayar ini, dan bukan ke pelayar lain.',
  startHint: 'Gunakan peranti anda sendiri. Keputusan hanya kembali ke pelayar ini.',
  startButton: 'Teruskan ke SEEK Pass',

  waitingTitle: 'Sila tunggu sebentar',
  waiting: 'SEEK Pass belum memberitahu keputusannya. Halaman ini menyemak semula dengan sendirinya.',
  waitingButton: 'Semak semula sekarang',

  confirmedTitle: 'Terima kasih',
  confirmed:
    'SEEK Pass telah mengesahkan siapa anda. {institution} telah menerima keputusannya. Anda boleh menutup halaman ini.',
  somebodyElseTitle: 'Butirannya tidak sepadan',
  somebodyElse:
    'SEEK Pass memberikan butiran yang berbeza daripada butiran di {institution}. Minta {institution} menyemaknya, kemudian mulakan semula.',
  lookedAtTitle: 'Terima kasih',
  lookedAt:
    'SEEK Pass telah menjawab. {institution} akan menyemaknya dan memberitahu anda langkah seterusnya.',
  canceledTitle: 'Ini telah dibatalkan',
  canceled: 'Tiada apa-apa yang disahkan. Anda boleh bermula semula di {institution}.',
  unfinishedTitle: 'Belum selesai',
  unfinished:
    'SEEK Pass belum memberitahu keputusannya. Kami terus bertanya. Anda boleh menutup halaman ini.',
  elsewhereTitle: 'Keputusan tidak dihantar ke pelayar ini',
  elsewhere:
    'Keputusan hanya dihantar ke pelayar tempat anda bermula. Jika itu pelayar ini, mulakan semula di {institution}.',
  overTitle: 'Masanya sudah tamat',
  over: 'Anda boleh bermula semula di {institution}.',
  usedTitle: 'Pautan ini sudah digunakan',
  used: 'Pautan ini digunakan di pelayar lain. Kembali ke pelayar itu, atau minta pautan baharu daripada {institution}.',
  unknownLinkTitle: 'Kami tidak mengenali pautan ini',
  unknownLink:
    'Mungkin ada bahagian yang hilang. Salin kesemuanya, atau minta pautan baharu daripada {institution}.',
  foreignFormTitle: 'Kami tidak dapat menerimanya',
  foreignForm:
    'Pelayar anda mesti membenarkan kuki untuk halaman ini. Benarkan, kemudian buka pautan itu semula.',
  unavailableTitle: 'SEEK Pass tidak menjawab sekarang',
  unavailable: 'Tiada apa-apa yang hilang. Sila cuba lagi dalam beberapa minit.',
  rejectedTitle: 'Ini tidak dapat dilakukan sekarang',
  rejected: 'SEEK Pass tidak menerima permintaan ini. {institution} perlu menyemaknya.',
  tooManyTitle: 'Terlalu banyak percubaan',
  tooMany: 'Sila tunggu seketika, kemudian cuba lagi.',
  oursTitle: 'Sesuatu yang tidak kena berlaku di sini',
  ours: 'Ini kesilapan kami. Sila cuba lagi dalam beberapa minit.',
};
