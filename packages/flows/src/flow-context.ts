import type { Clock, Environment, SeekPass } from '@seek-pass-kit/core';
import type { SealedRecords } from './awards/sealed-records.ts';
import type { ClaimKey } from './claims/claim-key.ts';
import type { NoticeListener } from './flow-notice.ts';
import type { DocumentSettings } from './documents/document-settings.ts';
import type { MailLimits } from './mail/mail-limits.ts';
import type { MailPort } from './mail/mail-port.ts';
import type { ReminderPlan } from './mail/reminder-plan.ts';
import type { RetentionRules } from './retention/retention-rules.ts';
import type { Store } from './store/ports.ts';

/** How the pages and mails of an issuer look. Text and colours only: nothing is loaded from elsewhere. */
export interface Brand {
  /** The institution, as its learners know it. */
  readonly name: string;
  /** Of buttons and links: `#rrggbb`, checked for contrast at the start. */
  readonly colour?: string;
  /** The logo itself, PNG or SVG-free: at most 8 kB, served by the claim handler. */
  readonly logo?: { readonly type: 'image/png' | 'image/jpeg' | 'image/webp'; readonly bytes: Uint8Array };
  /** Where a learner who is stuck may write. */
  readonly helpEmail?: string;
}

/** What the parts of the add flow work with. Made once by `createAddFlow`, checked there. */
export interface FlowContext {
  readonly issuer: string;
  readonly seekPass: Pick<SeekPass, 'add' | 'statuses' | 'now'>;
  readonly environment: Environment;
  readonly clientId: string;
  /** Origin of SEEK Pass, where learners are sent to: `https://app.seekpass-staging.com`. */
  readonly redirectOrigin: string;
  readonly store: Store;
  readonly records: SealedRecords;
  readonly lookupKey: Uint8Array;
  /** Of submission ids (security rule 2). */
  readonly namespace: string;
  /** Newest first. */
  readonly claimKeys: readonly ClaimKey[];
  /** `https://credentials.example.edu/claim`, no slash at the end. */
  readonly claimBaseUrl: string;
  readonly brand: Brand;
  /** Absent: awards come without files. */
  readonly documents?: DocumentSettings;
  /** Of people without one of their own. */
  readonly defaultLocale: string;
  readonly mail: MailPort;
  /** Whether listeners of awards hear `issued` and `withdrawn` too. */
  readonly tellsDecisions?: boolean;
  /** Told what happens, for logs and metrics. It does not throw. */
  readonly onNotice?: NoticeListener;
  /** Absent: as many mails as there are. */
  readonly mailLimits?: MailLimits;
  /** Absent: nobody is reminded. */
  readonly reminders?: ReminderPlan;
  /** For how many days backups of the key file are kept. */
  readonly keyBackupDays: number;
  readonly retention: RetentionRules;
  readonly clock: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
}
