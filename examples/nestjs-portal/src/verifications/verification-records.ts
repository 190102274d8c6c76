import { Injectable } from '@nestjs/common';
import { PortalDatabase } from '../database/portal-database.ts';
import type { VerificationRecord } from './verification-record.ts';

const columns = `verification_id AS "verificationId", student_id AS "studentId", started_by AS "startedBy", state,
  started_at AS "startedAt", changed_at AS "changedAt"`;

/** The portal's table of identity checks. */
@Injectable()
export class VerificationRecords {
  constructor(private readonly database: PortalDatabase) {}

  /** Newest first. */
  async all(): Promise<VerificationRecord[]> {
    return this.database.rows<VerificationRecord>(
      `SELECT ${columns} FROM portal.verifications ORDER BY started_at DESC LIMIT 200`,
    );
  }

  /** Newest first. */
  async ofStudent(studentId: string): Promise<VerificationRecord[]> {
    return this.database.rows<VerificationRecord>(
      `SELECT ${columns} FROM portal.verifications WHERE student_id = $1 ORDER BY started_at DESC`,
      [studentId],
    );
  }

  async find(verificationId: string): Promise<VerificationRecord | undefined> {
    const [record] = await this.database.rows<VerificationRecord>(
      `SELECT ${columns} FROM portal.verifications WHERE verification_id = $1`,
      [verificationId],
    );
    return record;
  }

  async add(verificationId: string, studentId: string, startedBy: string): Promise<void> {
    await this.database.rows(
      `INSERT INTO portal.verifications (verification_id, student_id, started_by, state)
        VALUES ($1, $2, $3, 'created') ON CONFLICT DO NOTHING`,
      [verificationId, studentId, startedBy],
    );
  }

  /** Doing it twice is the same as doing it once. */
  async setState(verificationId: string, state: string): Promise<void> {
    await this.database.rows(
      'UPDATE portal.verifications SET state = $2, changed_at = now() WHERE verification_id = $1 AND state <> $2',
      [verificationId, state],
    );
  }
}
