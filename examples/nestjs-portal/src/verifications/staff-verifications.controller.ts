import { Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { CurrentStaff } from '../sessions/current-visitor.decorator.ts';
import { StaffOnly } from '../sessions/signed-in.guard.ts';
import type { StaffVisitor } from '../sessions/visitor.ts';
import { StudentsService } from '../students/students.service.ts';
import { type Answer, PageWithStatus } from '../web/answer.ts';
import { type Frame, InFrame } from '../web/frame.decorator.ts';
import type { Html } from '../web/html.ts';
import {
  frontDeskPage,
  refusedPage,
  verificationPage,
  verificationsPage,
} from './staff-verification-pages.ts';
import { VerificationRecords } from './verification-records.ts';
import { VerificationsService } from './verifications.service.ts';

@Controller('staff')
@UseGuards(StaffOnly)
export class StaffVerificationsController {
  constructor(
    private readonly verifications: VerificationsService,
    private readonly records: VerificationRecords,
    private readonly students: StudentsService,
  ) {}

  @Get('verifications')
  async list(@InFrame() frame: Frame): Promise<Html> {
    const records = await this.records.all();
    const named = records.map((record) => ({ record, student: this.students.get(record.studentId) }));
    return verificationsPage(frame, named);
  }

  @Get('verifications/:verificationId')
  async show(@InFrame() frame: Frame, @Param('verificationId') verificationId: string): Promise<Html> {
    const record = await this.verifications.get(verificationId);
    return verificationPage(frame, { record, student: this.students.get(record.studentId) });
  }

  /** Shows the link once, on the answer to this form: it is in no address, no list and no log. */
  @Post('students/:id/verify')
  async start(
    @InFrame() frame: Frame,
    @CurrentStaff() staff: StaffVisitor,
    @Param('id') id: string,
  ): Promise<Answer> {
    const student = this.students.get(id);
    const link = await this.verifications.startLink(student, staff.id);
    if (link.outcome === 'refused') return new PageWithStatus(422, refusedPage(frame, student, link));
    return frontDeskPage(frame, student, link);
  }
}
