import type {
  AuditChanges,
  AuditReads,
  DocumentChanges,
  DocumentReads,
  ErasureChanges,
  ErasureReads,
  InboxChanges,
  InboxReads,
  ReportChanges,
  ReportReads,
  VerificationChanges,
  VerificationReads,
  WatchReads,
} from '@seek-pass-kit/flows';
import { recipients } from './recipients.ts';
import { match, type Sql } from './sql.ts';

type ReadsToCome = AuditReads &
  DocumentReads &
  ErasureReads &
  InboxReads &
  ReportReads &
  VerificationReads &
  WatchReads;

type ChangesToCome = AuditChanges &
  DocumentChanges &
  ErasureChanges &
  InboxChanges &
  ReportChanges &
  VerificationChanges;

/** Look-ups of modules that are not there yet: nobody is suppressed, nothing else can be asked. */
export function readsToCome(): ReadsToCome {
  return {
    ...refusing<ReadsToCome>(
      'auditOf trail trailAt lastAuditLink auditLinks unsealed unchainedLines document documentBytes documentLink documentLinkOfAttempt recipientsBySubject allHolds erasure erasures erasuresWithKeys isKeyRetired recipientsPastRetention inboxEvent inboxTasks inboxTasksIn parkedTasks inboxCounts oldestUnhandledEvent webhookEndpoints quarantined reportCounts verification verificationByRequest verificationsByReference verificationsOfSubject countVerificationsByState oldestOpenVerification verificationsToPurge verificationsUnderOtherKeys countVerificationsByKey verifyBinding countMailsIn openSubmissions',
    ),
    suppressions: async () => [],
    holds: async () => [],
    courses: async () => [],
    isKeyRetired: async () => false,
  };
}

/** Changes of modules that are not there yet. */
export function changesToCome(sql: Sql): ChangesToCome {
  return {
    ...refusing<ChangesToCome>(
      'lockAuditChain takeUnsealed insertAuditLink insertDocuments insertDocumentLink markDocumentUploaded deleteDocumentsOfAwards deleteDocumentsOfRecipient lockErasures handAwards removeRecipient insertErasure recordKeysDropped putSuppressions deleteSuppressions putHold deleteHold retireKeys insertInboxEvents insertInboxTasks updateInboxTask putWebhookEndpoint deleteWebhookEndpoint quarantine releaseQuarantined sweepInboxEvents foldReports recountReports insertVerification lockVerification updateVerification takeVerificationsDue hurryVerifications bindVerifyFlow',
    ),
    suppressions: async () => [],
    appendAudit: async () => undefined,
    keepRecipient: (issuer, id) =>
      sql.first(recipients, (query) => match(recipients, { issuer, id })(query).forShare()),
    insertCourses: async () => undefined,
  };
}

function refusing<Part>(names: string): Part {
  return Object.fromEntries(
    names.split(' ').map((name) => [
      name,
      async () => {
        throw new Error(`The store of the Strapi plugin does not have ${name} yet.`);
      },
    ]),
  ) as Part;
}
