import type { StaffVisitor } from './visitor.ts';

/** Made up. */
export const sampleStaff: readonly StaffVisitor[] = [
  { as: 'staff', id: 'staff-7', name: 'Amara Okafor, Student Registry' },
  { as: 'staff', id: 'staff-12', name: 'Tomás Rivera, Front Desk' },
];
