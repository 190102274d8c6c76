import { Controller, Get, Post, Redirect, Res, UseGuards } from '@nestjs/common';
import { type Redirection, verifyRedirect } from '@seek-pass-kit/nestjs-module';
import type { FastifyReply } from 'fastify';
import { ActingStudent, CurrentStudent } from '../sessions/current-visitor.decorator.ts';
import { StudentsOnly } from '../sessions/signed-in.guard.ts';
import type { StudentVisitor } from '../sessions/visitor.ts';
import { StudentsService } from '../students/students.service.ts';
import { type Frame, InFrame } from '../web/frame.decorator.ts';
import type { Html } from '../web/html.ts';
import { studentIdentityPage } from './student-identity-page.ts';
import { VerificationsService } from './verifications.service.ts';

@Controller('identity')
@UseGuards(StudentsOnly)
export class StudentIdentityController {
  constructor(
    private readonly verifications: VerificationsService,
    private readonly students: StudentsService,
  ) {}

  @Get()
  async show(@InFrame() frame: Frame, @CurrentStudent() visitor: StudentVisitor): Promise<Html> {
    const student = this.students.get(visitor.id);
    return studentIdentityPage(frame, visitor, student, await this.verifications.ofStudent(student.id));
  }

  /** Binds the check to this browser and leads it to SEEK Pass. */
  @Post()
  @Redirect()
  async start(
    @ActingStudent() visitor: StudentVisitor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Redirection> {
    return verifyRedirect(await this.verifications.start(this.students.get(visitor.id)), reply);
  }
}
