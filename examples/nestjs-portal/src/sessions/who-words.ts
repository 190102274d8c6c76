import { sampleStaff } from './sample-staff.ts';

/** Who did something, as histories name them, in words for staff. */
export function whoWords(who: string): string {
  if (who === 'learner' || who === 'student') return 'the student';
  if (who === 'system') return 'the portal';
  return sampleStaff.find(({ id }) => id === who)?.name ?? who;
}
