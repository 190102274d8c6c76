import { describe, expect, it } from 'vitest';
import { checkOpenCert } from '../../src/open-cert/index.ts';
import { now, obfuscate, transcript, wrap } from './samples.ts';

const warningsOf = (file: string) =>
  checkOpenCert(file, { now }).warnings.map(({ code, path }) => `${code} ${path}`);

describe('warnings', () => {
  it('are none for an ordinary document', () => {
    expect(warningsOf(wrap())).toEqual([]);
  });

  it.each([
    ['an NRIC by its field', { recipient: { name: 'A', nric: 'hidden' } }, 'national_id data.recipient.nric'],
    ['a FIN by its field', { recipient: { name: 'A', fin: '123' } }, 'national_id data.recipient.fin'],
    ['an NRIC by its form', { description: 'Holder: S1234567D' }, 'national_id data.description'],
    ['a MyKad number', { remarks: '900101-14-5678' }, 'national_id data.remarks'],
    ['a Hong Kong identity card', { remarks: 'A123456(7)' }, 'national_id data.remarks'],
    ['an Indonesian NIK', { remarks: '3174012501990001' }, 'national_id data.remarks'],
    [
      'a passport by its field',
      { recipient: { name: 'A', passportNumber: 'X' } },
      'passport_number data.recipient.passportNumber',
    ],
    [
      'a passport by its form',
      { additionalData: { reference: 'E12345678' } },
      'passport_number data.additionalData.reference',
    ],
    [
      'an e-mail address',
      { recipient: { name: 'A', contact_email: 'lan@student.example' } },
      'email data.recipient.contact_email',
    ],
    ['a phone number', { remarks: 'Call +65 9123 4567' }, 'phone data.remarks'],
  ])('name %s', (_, change, expected) => {
    expect(warningsOf(wrap(change))).toEqual([expected]);
  });

  it.each([
    ['the student number', { recipient: { name: 'A', studentId: 'A12345678' } }],
    ['the number of the certificate', { id: 'AB1234567', additionalData: { certificateNo: 'C1234567' } }],
    [
      'the contact of the issuer',
      { issuers: [{ ...transcript.issuers[0], email: 'registry@harbour.example', phone: '+6561234567' }] },
    ],
    ['an empty field', { recipient: { name: 'A', nric: '', phone: ' ' } }],
    ['an image', { additionalData: { image: `data:image/png;base64,${'S1234567D'.repeat(400)}` } }],
    ['dates and scores', { remarks: '2025-12-01 scored 4.50 of 5.00' }],
  ])('do not name %s', (_, change) => {
    expect(warningsOf(wrap(change))).toEqual([]);
  });

  it('go away when the field is obfuscated', () => {
    expect(
      warningsOf(obfuscate(wrap({ recipient: { name: 'A', nric: 'S1234567D' } }), ['recipient.nric'])),
    ).toEqual([]);
  });

  it('name members that the hash does not protect', () => {
    expect(warningsOf(JSON.stringify({ ...JSON.parse(wrap()), grade: 'A+', attachments: [] }))).toEqual([
      'not_protected grade',
      'not_protected attachments',
    ]);
  });

  it('are bounded, and clean where keys are not', () => {
    const recipients = Array.from({ length: 80 }, () => ({ nric: 'x' }));
    expect(warningsOf(wrap({ additionalData: { recipients } }))).toHaveLength(50);
    expect(warningsOf(wrap({ additionalData: { ['<b>\n\u202E']: { nric: 'x' } } }))).toEqual([
      'national_id data.additionalData.?b???.nric',
    ]);
  });
});
