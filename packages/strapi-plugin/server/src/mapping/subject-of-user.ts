/**
 * What stands with an award for a user of the site (`plugin::users-permissions.user`) whom staff linked, and is compared when that user is
 * signed in. Never the e-mail address: anybody can register with one. `undefined` when it is no user.
 */
export function subjectOfUser(user: unknown): string | undefined {
  if (typeof user !== 'object' || user === null || !('documentId' in user)) return undefined;
  const { documentId } = user;
  return typeof documentId === 'string' && documentId !== '' ? `strapi-user:${documentId}` : undefined;
}
