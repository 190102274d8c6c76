import type { Core } from '@strapi/types';
import type { AwardHistoryLine } from '../../../contract/award-history.ts';
import type { EntryAward } from '../../../contract/entry-awards.ts';
import type { EntryPlace } from '../../../contract/entry-place.ts';
import { serviceOf } from '../plugin-services.ts';
import { staffNames } from '../staff/staff-names.ts';
import { awardsOfEntries, stateOf } from './entry-award-states.ts';

/**
 * Everything about the awards of one entry, with personal data. Asks SEEK Pass about those that a learner is adding: whoever withdraws one
 * must know whether it is in the wallet, and polling may tell it minutes later.
 */
export async function detailsOfEntry(
  strapi: Core.Strapi,
  { contentType, documentId, locale }: EntryPlace,
): Promise<EntryAward[]> {
  const { addFlow } = serviceOf(strapi, 'connection').required();
  const read = () => awardsOfEntries(strapi, { contentType, documentIds: [documentId], locale });
  const before = await read();
  const open = before.flatMap(({ status }) => (status?.state === 'submitted' ? [status.awardId] : []));
  await addFlow.lookAgain(open);
  const found = open.length === 0 ? before : await read();
  const issued = found.flatMap(({ status }) => (status === undefined ? [] : [status.awardId]));
  const [described, ...statuses] = await Promise.all([
    addFlow.describe(issued),
    ...issued.map((id) => addFlow.statusOf(id)),
  ]);
  const histories = new Map(
    statuses.flatMap((one) => (one === undefined ? [] : [[one.awardId, one.history]])),
  );
  const nameOf = await staffNames(
    strapi,
    [...histories.values()].flat().map(({ who }) => who),
  );
  return found.map((one): EntryAward => {
    const { status, row, mayIssue } = one;
    if (status === undefined) return { ...stateOf(one), mayIssue, history: [] };
    const { awardId, version, createdAt, heldUntil } = status;
    const history = (histories.get(awardId) ?? []).map(
      ({ at, who, what, why }): AwardHistoryLine => ({ at, who: nameOf(who), what, why }),
    );
    const recipient = described.get(awardId)?.recipient;
    return {
      ...stateOf(one),
      mayIssue,
      issued: {
        awardId,
        version,
        at: createdAt,
        who: history[0]?.who ?? '',
        ...(row?.entryVersion == null ? {} : { entryVersion: row.entryVersion }),
        ...(heldUntil === undefined ? {} : { heldUntil }),
      },
      ...(recipient === undefined ? {} : { recipient: { name: recipient.fullName, email: recipient.email } }),
      history,
    };
  });
}
