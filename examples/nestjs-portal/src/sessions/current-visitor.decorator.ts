import { createParamDecorator, type ExecutionContext, ForbiddenException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SignInNeeded } from './sign-in-needed.ts';
import { type StaffVisitor, type StudentVisitor, visitorOf } from './visitor.ts';

/** The student who is signed in, or whom staff looks at. */
export const CurrentStudent = createParamDecorator((_: unknown, context: ExecutionContext) =>
  studentOf(context),
);

/** The student who is signed in, in person: nobody acts in a student's name. */
export const ActingStudent = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const student = studentOf(context);
  if (student.viewedBy !== undefined) {
    throw new ForbiddenException('You see the portal as a student. Only the student can do this.');
  }
  return student;
});

/** The member of staff who is signed in. */
export const CurrentStaff = createParamDecorator((_: unknown, context: ExecutionContext): StaffVisitor => {
  const visitor = visitorOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (visitor?.as !== 'staff') throw new SignInNeeded('staff');
  return visitor;
});

function studentOf(context: ExecutionContext): StudentVisitor {
  const visitor = visitorOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (visitor?.as !== 'student') throw new SignInNeeded('student');
  return visitor;
}
