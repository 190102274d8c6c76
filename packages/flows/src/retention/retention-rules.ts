import { ConfigurationError } from '@seek-pass-kit/core';

/** What is purged without anybody asking, in whole days since the last thing happened to an award. `false`: never. */
export interface RetentionOptions {
  /**
   * What was needed to deliver awards that have ended (added, declined, closed, rejected, withdrawn, superseded): address, name, subject,
   * facts, files. The record of each award is kept. A person with an award that still goes on is left alone. Default 730.
   */
  readonly deliveryDataDays?: number | false;
  /** The same for awards that nobody has claimed: their links die then. Default `false`. */
  readonly unclaimedDays?: number | false;
  /** What the record of an award holds, once nobody belongs to it any more. Default `false`: an institution has to keep it. */
  readonly awardRecordDays?: number | false;
}

/** {@link RetentionOptions}, checked; what is absent never happens. */
export interface RetentionRules {
  readonly deliveryDataDays?: number;
  readonly unclaimedDays?: number;
  readonly awardRecordDays?: number;
}

const usual = { deliveryDataDays: 730, unclaimedDays: false, awardRecordDays: false } as const;

/** @throws {ConfigurationError} `invalid_configuration` for days that are not a whole number from 30. */
export function readRetention(options: RetentionOptions = {}): RetentionRules {
  const { deliveryDataDays, unclaimedDays, awardRecordDays } = { ...usual, ...options };
  const named = { deliveryDataDays, unclaimedDays, awardRecordDays };
  for (const [name, days] of Object.entries(named)) {
    // Less than a month is a typing error: a learner may take that long to claim, and a mistake cannot be undone.
    if (days === false || (Number.isSafeInteger(days) && days >= 30)) continue;
    throw new ConfigurationError(
      `retention.${name} must be a whole number of days from 30, or false for never.`,
    );
  }
  return Object.fromEntries(Object.entries(named).filter(([, days]) => days !== false));
}

/** How backups are kept, as far as an erasure depends on it. */
export interface ErasureOptions {
  /** For how many days the longest-lived backup of the key file is kept. Default 30. */
  readonly keyBackupDays?: number;
}

/** @throws {ConfigurationError} `invalid_configuration` for days that are not a whole number from 0. */
export function readKeyBackupDays({ keyBackupDays = 30 }: ErasureOptions = {}): number {
  if (Number.isSafeInteger(keyBackupDays) && keyBackupDays >= 0) return keyBackupDays;
  throw new ConfigurationError(
    'erasure.keyBackupDays must be a whole number from 0: the days for which a backup of the key file is kept.',
  );
}
