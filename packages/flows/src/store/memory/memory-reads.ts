import { standingOf } from '../../awards/award-facts.ts';
import { pageOf, startOfPage } from '../award-page.ts';
import type { StoreReads } from '../ports.ts';
import type { AwardRow } from '../rows.ts';
import { auditReads } from './memory-audit.ts';
import { documentReads } from './memory-documents.ts';
import { erasureReads } from './memory-erasures.ts';
import { inboxReads } from './memory-inbox.ts';
import { reportReads } from './memory-reports.ts';
import { verificationReads } from './memory-verifications.ts';
import { watchReads } from './memory-watching.ts';
import { keyOf, type View } from './memory-table.ts';
import { type MemoryTables, stopKey } from './memory-tables.ts';

/** Look-ups in memory: inside a transaction (`own`), or beside it (`committed`). */
export function memoryReads(tables: MemoryTables, view: View): StoreReads {
  return {
    ...auditReads(tables, view),
    ...documentReads(tables, view),
    ...erasureReads(tables, view),
    ...inboxReads(tables, view),
    ...reportReads(tables, view),
    ...verificationReads(tables, view),
    ...watchReads(tables, view),
    async issuer(issuer) {
      return tables.issuers.get(issuer, view);
    },
    async award(issuer, awardId) {
      return tables.awards.get(keyOf(issuer, awardId), view);
    },
    async awardsByKey(issuer, keyHashes) {
      const keys = new Set(keyHashes.map((hash) => keyOf(issuer, hash)));
      return [...keys].flatMap((key) => {
        const versions = tables.awards.find('key', key, view);
        return versions.reduce<AwardRow[]>(
          (newest, row) => (row.version > (newest[0]?.version ?? 0) ? [row] : newest),
          [],
        );
      });
    },
    async awardVersions(issuer, keyHash) {
      return tables.awards.find('key', keyOf(issuer, keyHash), view).sort((a, b) => a.version - b.version);
    },
    async awardsOfRecipient(issuer, recipientId) {
      return tables.awards.find('recipient', keyOf(issuer, recipientId), view).sort(byCreation);
    },
    async awardsOfSubject(issuer, subjectHash, limit) {
      const isNewest = ({ keyHash, version }: AwardRow) =>
        tables.awards.find('key', keyOf(issuer, keyHash), view).every((other) => other.version <= version);
      return tables.recipients
        .find('subject', keyOf(issuer, subjectHash), view)
        .flatMap(({ id }) => tables.awards.find('recipient', keyOf(issuer, id), view))
        .filter(isNewest)
        .sort((a, b) => byCreation(b, a))
        .slice(0, limit);
    },
    async listAwards(query) {
      const start = startOfPage(query);
      const found = tables.awards
        .find('issuer', query.issuer, view)
        .filter((row) => query.state === undefined || standingOf(row.facts).state === query.state)
        .filter((row) => start === undefined || byCreation(row, start) > 0)
        .sort(byCreation);
      return pageOf(found.slice(0, query.limit + 1), query.limit);
    },
    async countByState(issuer) {
      const counts: Record<string, number> = {};
      for (const { facts } of tables.awards.find('issuer', issuer, view)) {
        const { state } = standingOf(facts);
        counts[state] = (counts[state] ?? 0) + 1;
      }
      return counts;
    },
    async recipient(issuer, recipientId) {
      return tables.recipients.get(keyOf(issuer, recipientId), view);
    },
    async recipientsByEmail(issuer, emailHashes) {
      const keys = new Set(emailHashes.map((hash) => keyOf(issuer, hash)));
      return [...keys].flatMap((key) => tables.recipients.find('email', key, view));
    },
    async recipientsUnderOtherKeys(issuer, keyId, after, limit) {
      return tables.recipients
        .find('issuer', issuer, view)
        .filter((row) => row.wrappedKey !== null && row.keyId !== keyId && row.id > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
    async countByKey(issuer) {
      const counts: Record<string, number> = {};
      for (const { wrappedKey, keyId } of tables.recipients.find('issuer', issuer, view)) {
        if (wrappedKey !== null) counts[keyId] = (counts[keyId] ?? 0) + 1;
      }
      return counts;
    },
    async submissions(issuer, awardId) {
      return tables.submissions
        .find('award', keyOf(issuer, awardId), view)
        .sort((a, b) => a.attempt - b.attempt);
    },
    async submissionsDue(issuer, now, limit) {
      return tables.submissions
        .find('polled', issuer, view)
        .filter(({ nextPollAt }) => nextPollAt !== null && nextPollAt <= now)
        .sort((a, b) => Number(a.nextPollAt) - Number(b.nextPollAt))
        .slice(0, limit);
    },
    async history(issuer, awardId) {
      return tables.history
        .find('award', keyOf(issuer, awardId), view)
        .sort((a, b) => a.position - b.position)
        .map(({ line }) => line);
    },
    async mail(issuer, mailId) {
      return tables.mails.get(keyOf(issuer, mailId), view);
    },
    async mails(issuer, state, limit, after) {
      return tables.mails
        .find('state', keyOf(issuer, state), view)
        .filter((row) => after === undefined || byCreation(row, after) > 0)
        .sort(byCreation)
        .slice(0, limit);
    },
    async mailsOfRecipient(issuer, recipientId, limit) {
      return tables.mails
        .find('recipient', keyOf(issuer, recipientId), view)
        .sort((a, b) => byCreation(b, a))
        .slice(0, limit);
    },
    async mailByMessageId(issuer, messageId) {
      return tables.mails.find('messageId', messageId, view).find((row) => row.issuer === issuer);
    },
    async countMailsByState(issuer) {
      const counts: Record<string, number> = {};
      for (const { state } of tables.mails.find('issuer', issuer, view)) {
        counts[state] = (counts[state] ?? 0) + 1;
      }
      return counts;
    },
    async mutesOf(issuer, emailHash) {
      return tables.mutes.find('email', keyOf(issuer, emailHash), view);
    },
    async mutes(issuer, mutes, limit, after = new Uint8Array()) {
      return tables.mutes
        .find('kind', keyOf(issuer, mutes), view)
        .filter((row) => Buffer.compare(row.emailHash, after) > 0)
        .sort((a, b) => Buffer.compare(a.emailHash, b.emailHash))
        .slice(0, limit);
    },
    async claimSession(issuer, idHash) {
      return tables.sessions.get(keyOf(issuer, idHash), view);
    },
    async isStopped(issuer, credentialType) {
      const whole = tables.stops.get(stopKey({ issuer, credentialType: null }), view);
      return (whole ?? tables.stops.get(stopKey({ issuer, credentialType }), view)) !== undefined;
    },
    async stops(issuer, limit) {
      return tables.stopRecord
        .find('issuer', issuer, view)
        .sort((a, b) => b.position - a.position)
        .slice(0, limit)
        .map(({ stop }) => stop);
    },
  };
}

interface Created {
  readonly createdAt: number;
  readonly id: string;
}

function byCreation(a: Created, b: Created): number {
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
