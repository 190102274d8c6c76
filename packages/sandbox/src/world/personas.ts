/** A made-up learner for quick log-in. Names are chosen to break careless software. */
export interface Persona {
  readonly personaId: string;
  readonly fullName: string;
  readonly email: string;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string;
  /** What is awkward about this one. */
  readonly note: string;
}

/** The personas every sandbox has. */
export const personas: readonly Persona[] = [
  persona('somchai', 'สมชาย ใจดี', '1999-04-13', 'Thai script'),
  persona('nguyen', 'Nguyễn Thị Minh Ánh', '2001-11-02', 'Vietnamese: stacked marks, family name first'),
  persona('suharto', 'Suharto', '1998-01-31', 'one name only'),
  persona('wang', '王小明', '2000-02-29', 'Chinese; born on a leap day'),
  persona('fatima', 'فاطمة الزهراء', '1997-07-19', 'Arabic: written right to left'),
  persona('oneill', "Siobhán O'Neill-D’Arcy", '1995-12-25', 'straight and curly apostrophe, hyphen'),
  persona('bjork', 'Björk Guðmundsdóttir', '1996-06-17', 'letters outside ASCII'),
  persona('kumar', 'S. Kumaravelu a/l Subramaniam', '1994-03-08', 'initial, and "a/l" with a slash'),
  persona(
    'santos',
    'María José de los Ángeles Santos y Fernández-Cuesta del Río',
    '1993-10-05',
    'very long, many particles',
  ),
  persona('kim', '김 서연', '2002-08-15', 'Korean'),
  persona('null', 'Christopher Null', '1990-01-01', 'a family name that code mistakes for nothing'),
  persona('zwj', 'ක්‍රිෂ්ණා පෙරේරා', '1999-09-09', 'Sinhala: needs a zero width joiner'),
];

function persona(personaId: string, fullName: string, dateOfBirth: string, note: string): Persona {
  return { personaId, fullName, email: `${personaId}@learners.example`, dateOfBirth, note };
}
