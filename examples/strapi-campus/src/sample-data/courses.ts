/** A short course of Banksia Skills, which exists in this example only. */
export interface SampleCourse {
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly hours: number;
}

export const sampleCourses: readonly SampleCourse[] = [
  {
    code: 'SQL',
    title: 'Data Analysis with SQL',
    summary: 'Joins, grouping and window functions over real data sets.',
    hours: 24,
  },
  {
    code: 'WEB',
    title: 'Accessible Web Design',
    summary: 'Pages that everybody can use, tested with the people who depend on it.',
    hours: 30,
  },
  {
    code: 'FAS',
    title: 'Mental Health First Aid',
    summary: 'The first conversation, and whom to call.',
    hours: 12,
  },
  {
    code: 'SOL',
    title: 'Solar Installation Safety',
    summary: 'Working at heights, isolating, and testing for dead.',
    hours: 16,
  },
];
