import { Injectable, NotFoundException } from '@nestjs/common';
import type {
  AddFlow,
  AwardOfSubject,
  AwardProblem,
  AwardResult,
  AwardStatus,
  IssuingRun,
  WithdrawalReason,
  WithdrawalResult,
} from '@seek-pass-kit/flows';
import { InjectAddFlow } from '@seek-pass-kit/nestjs-module';
import { CoursesService } from '../courses/courses.service.ts';
import { StudentsService } from '../students/students.service.ts';
import type { Achievement, AwardRecord } from './award-record.ts';
import { AwardRecords } from './award-records.ts';
import { awardInputOf } from './credential-of.ts';

/** An award as its student sees it. */
export interface StudentAward extends AwardOfSubject {
  /** `YYYY-MM-DD`. */
  readonly completedOn: string;
}

/** Issues, follows and withdraws: what the pages of students and staff have in common. */
@Injectable()
export class AwardsService {
  constructor(
    @InjectAddFlow() private readonly flow: AddFlow,
    private readonly records: AwardRecords,
    private readonly students: StudentsService,
    private readonly courses: CoursesService,
  ) {}

  /** What a student has. Whoever comes back from SEEK Pass wants to see it now, so it is asked about what is open there. */
  async ofStudent(studentId: string): Promise<StudentAward[]> {
    const before = await this.flow.awardsOf(studentId);
    const open = before.filter(({ state }) => state === 'submitted').map(({ awardId }) => awardId);
    await this.flow.lookAgain(open);
    const awards = open.length === 0 ? before : await this.flow.awardsOf(studentId);
    const records = new Map(
      (await this.records.ofStudent(studentId)).map((record) => [record.awardId, record]),
    );
    return awards.flatMap((award) => {
      const completedOn = records.get(award.awardId)?.completedOn;
      return completedOn === undefined ? [] : [{ ...award, completedOn }];
    });
  }

  /** What is wrong with an achievement; nothing is stored or sent. */
  check(achievement: Achievement): readonly AwardProblem[] {
    return this.flow.check(this.inputOf(achievement));
  }

  /** Issues it: the student gets a mail, and finds it in the portal. What was cut off half way is made whole by doing it again. */
  async issue(achievement: Achievement, run: IssuingRun): Promise<AwardResult> {
    const result = await this.flow.award(this.inputOf(achievement), run);
    if (result.result !== 'refused') await this.records.put(achievement, result.awardId);
    return result;
  }

  /** Where an award stands, with its history. @throws {NotFoundException} */
  async status(awardId: string): Promise<{ readonly record: AwardRecord; readonly status: AwardStatus }> {
    const record = await this.records.find(awardId);
    const status = record === undefined ? undefined : await this.flow.status(record.key);
    if (record === undefined || status === undefined)
      throw new NotFoundException('There is no such credential.');
    return { record, status };
  }

  async withdraw(awardId: string, reason: WithdrawalReason, who: string): Promise<WithdrawalResult> {
    const result = await this.flow.withdraw({ awardId, reason, who });
    if (result.outcome === 'withdrawn') await this.records.setState(awardId, 'withdrawn');
    return result;
  }

  inputOf(achievement: Achievement) {
    const { studentId, courseCode } = achievement;
    return awardInputOf(achievement, this.students.get(studentId), this.courses.get(courseCode));
  }
}
