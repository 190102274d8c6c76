import { Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import type { AddFlow } from '@seek-pass-kit/flows';
import { claimRedirect, InjectAddFlow } from '@seek-pass-kit/nestjs-module';
import { ActingStudent, CurrentStudent } from '../sessions/current-visitor.decorator.ts';
import { StudentsOnly } from '../sessions/signed-in.guard.ts';
import type { StudentVisitor } from '../sessions/visitor.ts';
import { SeeOther } from '../web/answer.ts';
import { type Frame, InFrame } from '../web/frame.decorator.ts';
import type { Html } from '../web/html.ts';
import { AwardsService } from './awards.service.ts';
import { studentAwardsPage } from './student-awards-page.ts';

@Controller('credentials')
@UseGuards(StudentsOnly)
export class StudentAwardsController {
  constructor(
    private readonly awards: AwardsService,
    @InjectAddFlow() private readonly flow: AddFlow,
  ) {}

  @Get()
  async list(@InFrame() frame: Frame, @CurrentStudent() student: StudentVisitor): Promise<Html> {
    return studentAwardsPage(frame, student, await this.awards.ofStudent(student.id));
  }

  /** Leads to the claim page, which asks once more who is signed in: an id of somebody else's award leads nowhere there. */
  @Post(':awardId/add')
  add(@ActingStudent() _student: StudentVisitor, @Param('awardId') awardId: string): SeeOther {
    return new SeeOther(claimRedirect(this.flow, awardId).url);
  }
}
