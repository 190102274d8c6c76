import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { AwardRecords } from '../awards/award-records.ts';
import { CoursesService } from '../courses/courses.service.ts';
import { StaffOnly } from '../sessions/signed-in.guard.ts';
import { StudentsService } from '../students/students.service.ts';
import { VerificationRecords } from '../verifications/verification-records.ts';
import { type Frame, InFrame } from '../web/frame.decorator.ts';
import type { Html } from '../web/html.ts';
import { overviewPage, studentPage } from './staff-pages.ts';

/** What staff sees first, and everything about one student. */
@Controller('staff')
@UseGuards(StaffOnly)
export class StaffController {
  constructor(
    private readonly students: StudentsService,
    private readonly courses: CoursesService,
    private readonly awards: AwardRecords,
    private readonly verifications: VerificationRecords,
  ) {}

  @Get()
  async overview(@InFrame() frame: Frame): Promise<Html> {
    const [awards, verifications] = await Promise.all([this.awards.all(), this.verifications.all()]);
    return overviewPage(frame, {
      students: this.students.all().map((student) => ({
        student,
        awards: awards.filter(({ studentId }) => studentId === student.id),
        verification: verifications.find(({ studentId }) => studentId === student.id),
      })),
      courses: this.courses.all().map((course) => ({
        course,
        awards: awards.filter(({ courseCode }) => courseCode === course.code),
      })),
    });
  }

  @Get('students/:id')
  async student(@InFrame() frame: Frame, @Param('id') id: string): Promise<Html> {
    const student = this.students.get(id);
    const [awards, verifications] = await Promise.all([
      this.awards.ofStudent(id),
      this.verifications.ofStudent(id),
    ]);
    return studentPage(frame, student, {
      awards: awards.map((record) => ({ record, student, course: this.courses.get(record.courseCode) })),
      verifications: verifications.map((record) => ({ record, student })),
    });
  }
}
