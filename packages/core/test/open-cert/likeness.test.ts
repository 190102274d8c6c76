import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTexts } from '../../src/open-cert/likeness.ts';

describe('names of people', () => {
  it.each([
    ['Nguyễn Thị Lan', 'Nguyễn Thị Lan', 'exact', []],
    ['Nguyễn Thị Lan', 'Nguyễn Thị Lan'.normalize('NFD'), 'exact', []],
    ['Nguyễn  Thị Lan ', 'Nguyễn Thị\u00A0Lan', 'exact', []],
    ['王小明', '王小明', 'exact', []],
    ['Suharto', 'Suharto', 'exact', []],
    ['Nguyễn Thị Lan', 'Nguyen Thi Lan', 'likely', ['accents']],
    ['Đỗ Văn Đức', 'Do Van Duc', 'likely', ['accents']],
    ['NGUYEN Thi Lan', 'Lan Nguyen Thi', 'likely', ['word_order', 'case']],
    ['Tan, Ah Kow', 'Ah Kow Tan', 'likely', ['word_order', 'punctuation']],
    ["Siobhan O'Brien", 'Siobhan O’Brien', 'likely', ['punctuation']],
    ["O'Brien", 'O Brien', 'likely', ['spacing', 'punctuation']],
    ['Anne-Marie Smith', 'Anne Marie Smith', 'likely', ['punctuation']],
    ['Mary Ann Tan', 'Maryann Tan', 'likely', ['spacing', 'case']],
    ['Ahmad bin Ismail', 'Ahmad Ismail', 'likely', ['small_words']],
    ['Kumar s/o Raju', 'Kumar Raju', 'likely', ['small_words']],
    ['Dr. Jane Smith', 'Jane Smith', 'likely', ['small_words']],
    ['Jürgen Groß', 'Jurgen Gross', 'likely', ['accents']],
    ['Jane Mary Smith', 'Jane Smith', 'review', ['some_words_missing']],
    ['Suharto', 'Suharto Suharto', 'review', ['some_words_missing']],
    ['Tan Ah Kow (陈亚狗)', 'Tan Ah Kow', 'review', ['some_words_missing']],
    ['J. Smith', 'Jane Smith', 'review', ['initials']],
    ['R. Subramaniam Iyer', 'Subramaniam Ramesh Iyer', 'review', ['initials']],
    ['Jonathan Smithson', 'Jonathon Smithson', 'review', ['spelling']],
    ['Wang Xiaoming', '王小明', 'review', ['other_script']],
    ['Somchai Jaidee', 'สมชาย ใจดี', 'review', ['other_script']],
    ['Le Thi Lan', 'Thi Lan', 'review', ['some_words_missing']],
    ['Li Bin', 'Li', 'review', ['some_words_missing']],
    ['Jane Smith', 'Jane Brown', 'mismatch', ['different']],
    ['Nguyen Thi Lan', 'Nguyen Van Minh', 'mismatch', ['different']],
    ['J. S.', 'Jane Smith', 'mismatch', ['different']],
    ['ใจดี', 'ใจดา', 'review', ['spelling']],
    ['สมชาย', 'สมหญิง', 'mismatch', ['different']],
    ['Li', 'Lu', 'mismatch', ['different']],
    ['...', '---', 'mismatch', ['different']],
    ['', 'Jane', 'mismatch', ['different']],
  ])('%s beside %s: %s', (one, other, result, reasons) => {
    expect(compareTexts(one, other, 'person')).toEqual({ result, reasons });
    expect(compareTexts(other, one, 'person').result).toBe(result);
  });
});

describe('titles of courses and names of institutions', () => {
  it.each([
    ['Bachelor of Science', 'Bachelor of Science', 'exact'],
    ['Bachelor of Science', 'BACHELOR OF SCIENCE', 'likely'],
    ['Diploma in Nursing', 'Diploma of Nursing', 'likely'],
    ['University of Melbourne', 'The University of Melbourne', 'likely'],
    ['Acme Training', 'Acme Training Pte. Ltd.', 'likely'],
    ['Food & Beverage', 'Food and Beverage', 'likely'],
    ['B.Sc. Physics', 'BSc Physics', 'likely'],
    ['Business of Design', 'Design of Business', 'review'],
    ['Bachelor of Science', 'Bachelor of Science (Honours)', 'review'],
    ['Certificate III in Care', 'Certificate IV in Care', 'review'],
    ['NUS', 'National University of Singapore', 'review'],
    ['Programming in C++', 'Programming in C#', 'review'],
    ['Version 3.0', 'Version 30', 'review'],
    ['Bachelor of Nursing', 'Master of Laws', 'mismatch'],
    ['Of the', 'The of', 'mismatch'],
  ])('%s beside %s: %s', (one, other, result) => {
    expect(compareTexts(one, other, 'title').result).toBe(result);
    expect(compareTexts(other, one, 'title').result).toBe(result);
  });
});

describe('any two texts', () => {
  it('agree as well one way as the other, and each exactly with itself', () => {
    const text = fc.string({ unit: 'binary' });
    const kind = fc.constantFrom('person' as const, 'title' as const);
    fc.assert(
      fc.property(text, text, kind, (one, other, as) => {
        expect(compareTexts(one, other, as)).toEqual(compareTexts(other, one, as));
        expect(compareTexts(one, one, as).result).toBe('exact');
      }),
      { numRuns: process.env['PROVE'] === 'full' ? 20_000 : 500 },
    );
  });
});
