import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Visitor, visitorOf } from '../sessions/visitor.ts';
import { type Html, html } from './html.ts';

/** What the frame of a page needs to know of the request. */
export interface Frame {
  readonly visitor: Visitor | undefined;
  /** The path of this page. */
  readonly path: string;
  /** What the former page has to say, once. */
  readonly notice: string | undefined;
  /** The hidden field without which no form of ours is accepted. */
  readonly csrfField: () => Html;
}

export function frameOf(request: FastifyRequest, reply: FastifyReply): Frame {
  const notice = request.session.get('notice');
  if (notice !== undefined) request.session.set('notice', undefined);
  return {
    visitor: visitorOf(request),
    path: request.url.split('?')[0] ?? '/',
    notice,
    csrfField: () => html`<input type="hidden" name="_csrf" value="${reply.generateCsrf()}">`,
  };
}

/** The {@link Frame} of the page that a controller makes. */
export const InFrame = createParamDecorator((_: unknown, context: ExecutionContext): Frame => {
  const http = context.switchToHttp();
  return frameOf(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});

/** Says something once, on the next page: `@Notice() say`, `say('Issued.')`. */
export const Notice = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { session } = context.switchToHttp().getRequest<FastifyRequest>();
  return (text: string) => session.set('notice', text);
});

/** See {@link Notice}. */
export type SayOnce = (text: string) => void;
