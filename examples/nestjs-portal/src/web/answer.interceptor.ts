import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { PageWithStatus, SeeOther } from './answer.ts';
import { Html } from './html.ts';

/** Sends what controllers answer: pages as HTML that nobody keeps, and redirects. Anything else is left to Nest. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer: unknown) => sent(reply, answer)));
  }
}

function sent(reply: FastifyReply, answer: unknown): unknown {
  if (answer instanceof SeeOther) {
    reply.status(303).header('location', answer.url).header('cache-control', 'no-store');
    return '';
  }
  const { status, page } = answer instanceof PageWithStatus ? answer : { status: 200, page: answer };
  if (!(page instanceof Html)) return answer;
  reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-store');
  return page.toString();
}
