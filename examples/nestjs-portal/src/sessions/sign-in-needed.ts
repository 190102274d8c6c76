/** Thrown where somebody has to sign in first: {@link PageErrorFilter} leads them there and back. */
export class SignInNeeded extends Error {
  readonly as: 'student' | 'staff';

  constructor(as: 'student' | 'staff') {
    super(`This page is for ${as === 'staff' ? 'staff' : 'students'} who have signed in.`);
    this.as = as;
  }
}
