import { describe, expect, it } from 'vitest';
import { checkOpenCert, type OpenCertPayload } from '../../src/open-cert/index.ts';
import { now, obfuscate, transcript, wrap } from './samples.ts';

function compare(payload: OpenCertPayload, file = wrap()) {
  return Object.fromEntries(
    checkOpenCert(file, { payload, now }).comparisons.map(({ field, result, reasons }) => [
      field,
      [result, ...reasons],
    ]),
  );
}

describe('comparison with the payload', () => {
  it('covers what an education credential has in common with its document', () => {
    const fields = {
      full_name: 'Nguyen Thi Lan',
      course_name: 'Bachelor of Nursing',
      education_provider: 'The Harbour University',
      conferral_year: '2025',
      awaiting_graduation: false,
    };
    expect(compare(fields)).toEqual({
      full_name: ['likely', 'accents'],
      course_name: ['exact'],
      education_provider: ['likely', 'small_words'],
      conferral_year: ['exact'],
    });
  });

  it('covers what a microcredential has in common with its document', () => {
    const fields = {
      full_name: 'Nguyễn Thị Lan',
      microcredential_name: 'Advanced Welding',
      issuer_name: 'Harbour University',
      issue_date: '2025-12-01',
    };
    expect(compare(fields)).toEqual({
      full_name: ['exact'],
      microcredential_name: ['mismatch', 'different'],
      issuer_name: ['exact'],
      issue_date: ['exact'],
    });
  });

  it('leaves out what the payload does not say', () => {
    expect(compare({})).toEqual({});
    expect(compare({ full_name: 'Nguyễn Thị Lan', conferral_year: null, issuer_name: undefined })).toEqual({
      full_name: ['exact'],
    });
  });

  it('asks for a review when the document does not show the field', () => {
    const file = obfuscate(wrap(), ['recipient.name', 'issuers', 'graduationDate', 'issuedOn']);
    const review = ['review', 'not_in_document'];
    expect(
      compare(
        { full_name: 'A', education_provider: 'B', conferral_year: '2025', issue_date: '2025-01-01' },
        file,
      ),
    ).toEqual({ full_name: review, education_provider: review, conferral_year: review, issue_date: review });
  });

  it('takes the issuer that agrees best', () => {
    const [issuer] = transcript.issuers;
    const file = wrap({ issuers: [{ ...issuer, name: 'City Polytechnic' }, issuer] });
    expect(compare({ issuer_name: 'Harbour University' }, file)).toEqual({ issuer_name: ['exact'] });
    expect(compare({ issuer_name: 'Mountain College' }, file)).toEqual({
      issuer_name: ['mismatch', 'different'],
    });
  });

  it.each([
    ['2025', 'exact'],
    ['2024', 'review'],
    ['2026', 'review'],
    ['2019', 'mismatch'],
  ])('compares the year of conferral %s: %s', (conferral_year, result) => {
    expect(compare({ conferral_year })['conferral_year']?.[0]).toBe(result);
  });

  it('takes the year of issue for likely when graduation was in another', () => {
    const file = wrap({ graduationDate: '2024-12-20', issuedOn: '2025-02-01' });
    expect(compare({ conferral_year: '2025' }, file)).toEqual({ conferral_year: ['likely', 'other_date'] });
  });

  it.each([
    ['2025-12-01', 'exact'],
    ['2025-11-30', 'likely'],
    ['2025-06-01', 'review'],
    ['2020-01-01', 'mismatch'],
    ['soon', 'mismatch'],
  ])('compares the date of issue %s: %s', (issue_date, result) => {
    expect(compare({ issue_date })['issue_date']?.[0]).toBe(result);
  });
});
