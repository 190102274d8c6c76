import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { StudentsService } from '../students/students.service.ts';
import { PageWithStatus, SeeOther } from '../web/answer.ts';
import { type Frame, InFrame } from '../web/frame.decorator.ts';
import type { Html } from '../web/html.ts';
import { ownPath } from './own-path.ts';
import { sampleStaff } from './sample-staff.ts';
import { signInPage } from './sign-in-page.ts';
import type { Visitor } from './visitor.ts';

/**
 * A sign-in without passwords: for a demonstration only. Put your single sign-on in its place; what the rest of the portal wants of it
 * is a {@link Visitor} in the session.
 */
@Controller()
export class SignInController {
  constructor(private readonly students: StudentsService) {}

  @Get('sign-in')
  studentSignIn(@InFrame() frame: Frame, @Query('to') to?: string): Html {
    return signInPage(frame, {
      as: 'student',
      people: this.people('student'),
      to: ownPath(to, '/credentials'),
    });
  }

  @Get('staff/sign-in')
  staffSignIn(@InFrame() frame: Frame, @Query('to') to?: string): Html {
    return signInPage(frame, { as: 'staff', people: this.people('staff'), to: ownPath(to, '/staff') });
  }

  @Post('sign-in')
  signIn(
    @Req() request: FastifyRequest,
    @InFrame() frame: Frame,
    @Body() form: Readonly<Record<string, unknown>>,
  ) {
    const as = form['as'] === 'staff' ? 'staff' : 'student';
    const people = this.people(as);
    const to = ownPath(form['to'], as === 'staff' ? '/staff' : '/credentials');
    const visitor = people.find(({ id }) => id === form['id']);
    if (visitor === undefined) return new PageWithStatus(422, signInPage(frame, { as, people, to }));
    // A new session: nothing of a former visitor goes over to this one.
    request.session.regenerate();
    request.session.set('visitor', visitor);
    return new SeeOther(to);
  }

  @Post('sign-out')
  signOut(@Req() { session }: FastifyRequest): SeeOther {
    session.delete();
    return new SeeOther('/');
  }

  private people(as: Visitor['as']): readonly Visitor[] {
    if (as === 'staff') return sampleStaff;
    return this.students.all().map(({ id, fullName }) => ({ as, id, name: fullName }));
  }
}
