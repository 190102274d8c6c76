import { Injectable, NotFoundException } from '@nestjs/common';
import type { StartLink, VerificationStart, VerifyFlow } from '@seek-pass-kit/flows';
import { InjectVerifyFlow } from '@seek-pass-kit/nestjs-module';
import type { Student } from '../students/student.ts';
import type { VerificationRecord } from './verification-record.ts';
import { VerificationRecords } from './verification-records.ts';

/** Checks with SEEK Pass that somebody is the person on record. */
@Injectable()
export class VerificationsService {
  constructor(
    @InjectVerifyFlow() private readonly flow: VerifyFlow,
    private readonly records: VerificationRecords,
  ) {}

  /** For the student's own browser, while it is answered. */
  async start(student: Student): Promise<VerificationStart> {
    const started = await this.flow.createVerification({ ...inputOf(student), returnTo: '/identity' });
    if (started.outcome !== 'refused') await this.records.add(started.verificationId, student.id, 'student');
    return started;
  }

  /** For the front desk: the student opens the link with a phone of their own. */
  async startLink(student: Student, who: string): Promise<StartLink> {
    const link = await this.flow.createStartLink(inputOf(student));
    if (link.outcome === 'link') await this.records.add(link.verificationId, student.id, who);
    return link;
  }

  /** The record of a check as it stands now. @throws {NotFoundException} */
  async get(verificationId: string): Promise<VerificationRecord> {
    await this.follow(verificationId);
    const record = await this.records.find(verificationId);
    if (record === undefined) throw new NotFoundException('There is no such identity check.');
    return record;
  }

  async ofStudent(studentId: string): Promise<VerificationRecord[]> {
    const [newest, ...others] = await this.records.ofStudent(studentId);
    return newest === undefined ? [] : [await this.get(newest.verificationId), ...others];
  }

  /** Takes the state of the flow over into the portal's table. */
  async follow(verificationId: string): Promise<void> {
    const status = await this.flow.status(verificationId);
    if (status !== undefined) await this.records.setState(verificationId, status.state);
  }
}

/** Whom we expect: without that, whoever holds the link would do. */
function inputOf({ id, fullName, dateOfBirth }: Student) {
  return { reference: `student ${id}`, expected: { fullName, dateOfBirth }, subject: id };
}
