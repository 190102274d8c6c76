import { Controller, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { StudentsService } from '../students/students.service.ts';
import { SeeOther } from '../web/answer.ts';
import { CurrentStaff } from './current-visitor.decorator.ts';
import { StaffOnly, StudentsOnly } from './signed-in.guard.ts';
import { type StaffVisitor, visitorOf } from './visitor.ts';

/**
 * The help desk sees what a student sees. The session says who looks, so that nobody acts in a student's name: neither here nor on the
 * claim pages, which are told of it (`impersonatedBy`).
 */
@Controller('staff')
export class ViewingController {
  constructor(private readonly students: StudentsService) {}

  @Post('students/:id/view')
  @UseGuards(StaffOnly)
  view(
    @Req() { session }: FastifyRequest,
    @CurrentStaff() staff: StaffVisitor,
    @Param('id') id: string,
  ): SeeOther {
    const { fullName } = this.students.get(id);
    session.set('visitor', { as: 'student', id, name: fullName, viewedBy: staff });
    return new SeeOther('/credentials');
  }

  @Post('stop-viewing')
  @UseGuards(StudentsOnly)
  stop(@Req() request: FastifyRequest): SeeOther {
    const visitor = visitorOf(request);
    if (visitor?.as !== 'student' || visitor.viewedBy === undefined) return new SeeOther('/');
    request.session.set('visitor', visitor.viewedBy);
    return new SeeOther(`/staff/students/${visitor.id}`);
  }
}
