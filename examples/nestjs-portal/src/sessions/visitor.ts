import type { FastifyRequest } from 'fastify';

/** Somebody who is signed in, as the session cookie says it. */
export type Visitor = StudentVisitor | StaffVisitor;

export interface StudentVisitor {
  readonly as: 'student';
  /** Of the student: what awards are bound to. */
  readonly id: string;
  readonly name: string;
  /** A member of staff who looks at the portal as this student: may see, and may not act. */
  readonly viewedBy?: StaffVisitor;
}

export interface StaffVisitor {
  readonly as: 'staff';
  /** Written into histories, so an id and not a name. */
  readonly id: string;
  readonly name: string;
}

declare module '@fastify/secure-session' {
  interface SessionData {
    visitor: Visitor;
    /** Said once, on the next page. */
    notice: string;
  }
}

/** Who is signed in; `undefined`: nobody. */
export function visitorOf({ session }: Pick<FastifyRequest, 'session'>): Visitor | undefined {
  return session.get('visitor');
}
