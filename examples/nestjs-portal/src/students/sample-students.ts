import type { Student } from './student.ts';

/** Made up. The wallet of the sandbox knows people of the same names and birth dates, so that an identity can match. */
export const sampleStudents: readonly Student[] = [
  {
    id: 's1041',
    fullName: 'Nguyễn Thị Minh Ánh',
    email: 'nguyen@learners.example',
    dateOfBirth: '2001-11-02',
    faculty: 'Business',
  },
  {
    id: 's1042',
    fullName: 'Suharto',
    email: 'suharto@learners.example',
    dateOfBirth: '1998-01-31',
    faculty: 'Science',
  },
  {
    id: 's1043',
    fullName: "Siobhán O'Neill-D’Arcy",
    email: 'oneill@learners.example',
    dateOfBirth: '1995-12-25',
    faculty: 'Health',
  },
  {
    id: 's1044',
    fullName: 'สมชาย ใจดี',
    email: 'somchai@learners.example',
    dateOfBirth: '1999-04-13',
    faculty: 'Science',
  },
];
