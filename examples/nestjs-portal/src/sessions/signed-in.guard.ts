import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SignInNeeded } from './sign-in-needed.ts';
import { visitorOf } from './visitor.ts';

/** Lets students in, and staff who look at the portal as one. */
@Injectable()
export class StudentsOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return mustBe('student', context);
  }
}

/** Lets staff in. */
@Injectable()
export class StaffOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return mustBe('staff', context);
  }
}

function mustBe(as: 'student' | 'staff', context: ExecutionContext): boolean {
  const visitor = visitorOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (visitor?.as !== as) throw new SignInNeeded(as);
  return true;
}
