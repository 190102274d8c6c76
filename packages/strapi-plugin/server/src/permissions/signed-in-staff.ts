import type { Context } from 'koa';

/**
 * The policy of every route of the administration: a person who is signed in there. A token for the administration has the permissions of its
 * owner, but nobody looks at what it does, and the audit trail would name the owner for it.
 */
export function isSignedInStaff({ state }: Pick<Context, 'state'>): boolean {
  return state['auth']?.strategy?.name === 'admin';
}
