import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { EntryIssued } from '../../../contract/entry-awards.ts';
import { serviceOf } from '../plugin-services.ts';
import { noteAwarded, rowOfOrigin } from './entry-award-notes.ts';
import { entryAwardRows } from './entry-award-rows.ts';
import type { EntryIssuing } from './entry-awards-service.ts';
import { findingOf, notPublished, readPublished, seenOf } from './preview-entry.ts';

/**
 * Issues the published version of an entry. From which entry the award is stands there before the award does: a process that dies in between
 * loses nothing, and issuing again finds the award by its key.
 */
export async function issueEntry(strapi: Core.Strapi, issuing: EntryIssuing): Promise<EntryIssued> {
  const { contentType, documentId, who, seen, reissueWithdrawn = false } = issuing;
  const { addFlow } = serviceOf(strapi, 'connection').required();
  const { mapping, locale, found } = await readPublished(strapi, issuing);
  if (found === undefined) return { result: 'refused', findings: [notPublished] };
  const { entryVersion, reading } = found;
  const { input, findings, key } = reading;
  if (seen !== undefined && (input === undefined || seenOf(addFlow, input) !== seen))
    throw new errors.ApplicationError(
      'The entry was changed since you looked at it, and nothing was issued: look at it again.',
    );
  if (input === undefined) return { result: 'refused', findings };
  if ((await issuing.isStillMeant?.()) === false) return { result: 'refused', findings: [] };
  const origin = {
    key,
    contentType,
    documentId,
    mapping: mapping.name,
    ...(locale === undefined ? {} : { locale }),
  };
  const runId = issuing.runId ?? `entry-${randomUUID()}`;
  await entryAwardRows(strapi).add([rowOfOrigin(addFlow, origin)]);
  const issued = await addFlow.award(
    { ...input, sourceVersion: entryVersion },
    { runId, who, reissueWithdrawn },
  );
  if (issued.result === 'refused')
    return { result: 'refused', findings: [...findings, ...issued.problems.map(findingOf)] };
  const { result, awardId } = issued;
  await noteAwarded(strapi, [{ ...origin, awardId, entryVersion, runId, who }]);
  return { result, awardId, findings };
}
