import type { AddFlow, AwardOfSubject } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import { z } from 'zod';
import type { MyAward, MyAwards, MyClaim } from '../../../contract/me-awards.ts';
import { subjectOfUser } from '../mapping/subject-of-user.ts';
import { serviceOf } from '../plugin-services.ts';
import { strapiHandoffs } from './handoff-table.ts';
import { keysLinkedTo } from './linked-user.ts';

const listQuery = z.strictObject({
  locale: z.string().max(35).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const claimBody = z.strictObject({}).optional();

/** What an end user of the site sees of their own awards, and how they go on to the page that adds one. For a front end of the site. */
export function meController({ strapi }: { readonly strapi: Core.Strapi }) {
  return {
    /** Those whose entries staff linked to the user (security rule 24), newest first. */
    async awards(context: Context) {
      const subject = subjectOf(context);
      const { limit, locale } = read(listQuery, context.query);
      const addFlow = open(strapi, context);
      if (addFlow === undefined) return;
      const awards = await addFlow.awardsOf(subject, { limit, ...(locale === undefined ? {} : { locale }) });
      const linked = await keysLinkedTo(
        strapi,
        subject,
        awards.map(({ key }) => key),
      );
      const answer: MyAwards = { data: awards.filter(({ key }) => linked.has(key)).map(shown) };
      answerWith(context, answer);
    },

    /** An address that proves the user in the browser that opens it, once, within a minute. */
    async claim(context: Context) {
      const subject = subjectOf(context);
      read(claimBody, context.request.body);
      const addFlow = open(strapi, context);
      if (addFlow === undefined) return;
      const awardId = String(context['params'].id);
      const { key = '' } = (/^[\w-]{22}$/.test(awardId) ? await addFlow.statusOf(awardId) : undefined) ?? {};
      // Whether it does not exist or is somebody else's is not said.
      if (!(await keysLinkedTo(strapi, subject, [key])).has(key)) throw new errors.NotFoundError();
      const handoff = await addFlow.handOver(strapiHandoffs(strapi.db.connection), { awardId, subject });
      if (handoff.outcome === 'not_theirs') throw new errors.NotFoundError();
      const { url, expiresAt } = handoff;
      const answer: MyClaim = { data: { url, expiresAt: new Date(expiresAt).toISOString() } };
      answerWith(context, answer);
    },
  };
}

/**
 * Who is signed in, by Strapi's own id of the account. It is the `documentId`: a random one that no second account gets, while numbers are
 * given again after a restore, and by some databases after a deletion.
 */
function subjectOf({ state }: Context): string {
  const subject =
    state['auth']?.strategy?.name === 'users-permissions' ? subjectOfUser(state['user']) : undefined;
  if (subject === undefined) throw new errors.UnauthorizedError('Sign in as a user of this site.');
  return subject;
}

/** What is wrong with the settings of the site is no business of its users. */
function open(strapi: Core.Strapi, context: Context): AddFlow | undefined {
  const addFlow = serviceOf(strapi, 'connection').current()?.addFlow;
  if (addFlow !== undefined) return addFlow;
  context.set('retry-after', '60');
  context.status = 503;
  context.body = {
    data: null,
    error: {
      status: 503,
      name: 'ServiceUnavailableError',
      message: 'Credentials are not available now. Try again in a minute.',
    },
  };
  return undefined;
}

function read<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const found = schema.safeParse(given);
  if (found.success) return found.data;
  throw new errors.ValidationError(
    found.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('. '),
  );
}

function answerWith(context: Context, answer: MyAwards | MyClaim): void {
  context.set('cache-control', 'no-store');
  context.body = answer;
}

function shown({
  awardId,
  title,
  credentialType,
  state,
  stateText,
  createdAt,
  mayAdd,
}: AwardOfSubject): MyAward {
  return {
    id: awardId,
    title,
    credentialType,
    state,
    stateText,
    issuedAt: new Date(createdAt).toISOString(),
    mayAdd,
  };
}
