import { Injectable } from '@nestjs/common';
import { PortalDatabase } from '../database/portal-database.ts';
import { type Achievement, type AwardRecord, awardKey } from './award-record.ts';

const columns = `key, student_id AS "studentId", course_code AS "courseCode", completed_on AS "completedOn",
  name_on_credential AS "nameOnCredential", with_honours AS "withHonours", award_id AS "awardId", state, changed_at AS "changedAt"`;

/** The portal's table of awards. */
@Injectable()
export class AwardRecords {
  constructor(private readonly database: PortalDatabase) {}

  /** Newest first. A portal with more than a few hundred awards pages through them. */
  async all(): Promise<AwardRecord[]> {
    return this.database.rows<AwardRecord>(
      `SELECT ${columns} FROM portal.awards ORDER BY changed_at DESC, key LIMIT 200`,
    );
  }

  async ofStudent(studentId: string): Promise<AwardRecord[]> {
    return this.database.rows<AwardRecord>(
      `SELECT ${columns} FROM portal.awards WHERE student_id = $1 ORDER BY completed_on DESC, key`,
      [studentId],
    );
  }

  async find(awardId: string): Promise<AwardRecord | undefined> {
    const [record] = await this.database.rows<AwardRecord>(
      `SELECT ${columns} FROM portal.awards WHERE award_id = $1`,
      [awardId],
    );
    return record;
  }

  /** Keeps an award that was issued, in the place of its former version. Doing it twice changes nothing. */
  async put(achievement: Achievement, awardId: string): Promise<void> {
    const { studentId, courseCode, completedOn, nameOnCredential, withHonours } = achievement;
    await this.database.rows(
      `INSERT INTO portal.awards (key, student_id, course_code, completed_on, name_on_credential, with_honours, award_id, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'ready')
        ON CONFLICT (key) DO UPDATE SET completed_on = $4, name_on_credential = $5, with_honours = $6, award_id = $7,
          state = 'ready', changed_at = now() WHERE portal.awards.award_id <> $7`,
      [awardKey(achievement), studentId, courseCode, completedOn, nameOnCredential, withHonours, awardId],
    );
  }

  /** Sets the state of an award; `false` when the portal has no such award. Doing it twice is the same as doing it once. */
  async setState(awardId: string, state: string): Promise<boolean> {
    const changed = await this.database.rows(
      'UPDATE portal.awards SET state = $2, changed_at = now() WHERE award_id = $1 RETURNING key',
      [awardId, state],
    );
    return changed.length > 0;
  }
}
