import type { Course } from './course.ts';

export const sampleCourses: readonly Course[] = [
  { code: 'BCOM', name: 'Bachelor of Commerce (Accounting)', kind: 'degree' },
  { code: 'BNUR', name: 'Bachelor of Nursing', kind: 'degree' },
  { code: 'MDSC', name: 'Master of Data Science', kind: 'degree' },
  { code: 'SQL2', name: 'Data Analysis with SQL', kind: 'short course' },
  { code: 'PMF1', name: 'Project Management Foundations', kind: 'short course' },
  { code: 'FAED', name: 'First Aid in an Education Setting', kind: 'short course' },
];
