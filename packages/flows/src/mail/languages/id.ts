import type { MailTexts } from '../mail-texts.ts';

export const id: MailTexts = {
  greeting: 'Halo {name},',
  claimSubject: 'Kredensial Anda dari {brand}',
  claimSubjectMany: '{count} kredensial Anda dari {brand}',
  claimIntro: '{brand} telah menerbitkan ini untuk Anda:',
  claimInvite: 'Sekarang Anda dapat menambahkannya ke SEEK Pass.',
  claimInviteMany: 'Sekarang Anda dapat menambahkan semuanya ke SEEK Pass.',
  reminderSubject: 'Pengingat: kredensial Anda dari {brand}',
  reminderIntro: '{brand} telah menerbitkan ini untuk Anda, dan belum ada di SEEK Pass:',
  reminderInvite: 'Kredensial ini masih tersedia untuk Anda.',
  unfinishedSubject: 'Selesaikan penambahan kredensial Anda dari {brand}',
  unfinishedIntro: 'Anda mulai menambahkan ini ke SEEK Pass, tetapi belum selesai:',
  unfinishedInvite:
    'Buka tautannya lagi untuk menyelesaikannya. SEEK Pass menghapus yang tidak selesai dalam 48 jam; setelah itu Anda dapat memulai lagi dengan tautan yang sama.',
  button: 'Tambahkan ke SEEK Pass',
  nextSteps: 'Langkah-langkahnya',
  stepProof: 'Pertama, kami memastikan bahwa ini benar-benar Anda.',
  stepAccept: 'Lalu SEEK Pass terbuka. Masuk di sana dan setujui.',
  stepApp:
    'Setelah itu, masuk ke aplikasi SEEK Pass dalam 48 jam. Jika tidak, yang Anda tambahkan akan hilang.',
  onlyYou:
    'Tautan ini hanya untuk Anda, jadi jangan teruskan email ini. Akun SEEK Pass yang masuk akan memiliki kredensial tersebut.',
  linkStays: 'Belum sempat? Tautan ini juga berfungsi nanti.',
  scan: 'Membaca ini di komputer? Pindai kode ini dengan ponsel Anda.',
  scanAlt: 'Kode QR tautan Anda',
  copyLink: 'Jika tombolnya tidak berfungsi, salin alamat ini ke peramban Anda:',
  codeSubject: 'Kode Anda untuk {brand}',
  codeIntro: 'Ini kode Anda untuk menambahkan kredensial dari {brand} ke SEEK Pass:',
  codeMinutes: 'Kode ini berlaku {minutes} menit, di halaman tempat Anda memintanya.',
  codeSecret:
    'Jangan beri tahu siapa pun. {brand} tidak pernah memintanya lewat telepon, obrolan, atau email.',
  codeNotYou: 'Anda tidak meminta kode? Abaikan saja: tanpa kode ini tidak ada yang bisa melanjutkan.',
  changedSubject: 'Alamat Anda di {brand} telah diubah',
  changedIntro:
    'Alamat email untuk kredensial Anda dari {brand} telah diubah. Email baru dikirim ke alamat yang baru.',
  changedEffect: 'Tautan dalam email sebelumnya ke alamat ini tidak berfungsi lagi.',
  changedNotYou: 'Bukan Anda yang memintanya? Segera beri tahu {brand}.',
  help: 'Ada pertanyaan? Tulis ke {help}.',
  helpInPerson: 'Ada pertanyaan, atau tidak mengharapkan email ini? Hubungi {brand}.',
  noMore: 'Berhenti menerima pengingat:',
  optOutTitle: 'Pengingat dari {brand}',
  optOutAsk: 'Apakah Anda tidak ingin lagi menerima pengingat dari {brand} di alamat email Anda?',
  optOutKeeps: 'Kredensial Anda tetap tersedia, dan tautan yang Anda miliki tetap berfungsi.',
  optOutButton: 'Hentikan pengingat',
  optOutDone: 'Selesai. Anda tidak akan menerima pengingat lagi.',
  optOutUnknown: 'Tautan ini tidak lengkap atau tidak berlaku lagi. Buka lagi dari emailnya.',
};
