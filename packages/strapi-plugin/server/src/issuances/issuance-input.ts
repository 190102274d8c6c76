import { z } from 'zod';
import { attentionKinds, largestIssuancePage, usualIssuancePage } from '../../../contract/issuances.ts';
import { awardStates } from '../../../contract/award-states.ts';

const states = [...awardStates.filter((state) => state !== 'not_issued'), 'open'] as const;
const name = z.string().min(1).max(200);
const time = z.coerce.number().int().min(0).max(8.64e15);

const filter = {
  state: z.enum(states).optional(),
  credentialType: name.optional(),
  contentType: name.optional(),
  mapping: name.optional(),
  run: name.optional(),
  who: z
    .string()
    .regex(/^strapi:\d{1,15}$/)
    .optional(),
  from: time.optional(),
  until: time.optional(),
  attention: z.enum(attentionKinds).optional(),
};

const page = {
  limit: z.coerce.number().int().min(1).max(largestIssuancePage).default(usualIssuancePage),
  after: z.string().max(100).optional(),
};

/** Query of the export. */
export const filterInput = z.strictObject(filter);

/** Query of the list. */
export const pageInput = z.strictObject({ ...filter, ...page });

/** Body of a search: what is searched for may be an address, and stands in no URL. */
export const searchInput = z.strictObject({ ...filter, ...page, text: z.string().trim().min(1).max(1_000) });

/** In the path; the router adds members of its own. */
export const awardIdInput = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
