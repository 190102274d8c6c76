import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { httpAnswer } from './http-answer.ts';

/** Nest picks a filter by `instanceof`, which two copies of a package in one process defeat: this asks for the brand instead. */
class AnsweredError {
  static [Symbol.hasInstance](error: unknown): boolean {
    return httpAnswer(error) !== undefined;
  }
}

/** An answer as Express and Fastify make it alike. */
interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): unknown;
}

/**
 * Answers errors of this kit that a controller lets through: status and body by the code of the error, nothing of its message, its cause
 * or what SEEK Pass said. Other errors, and contexts other than HTTP, are left to the application. The module does not register it: do so
 * with `app.useGlobalFilters(new SeekPassExceptionFilter())`, or `@UseFilters` on a controller.
 */
@Catch(AnsweredError)
export class SeekPassExceptionFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const answer = httpAnswer(error);
    if (answer === undefined || host.getType() !== 'http') throw error;
    const { body, retryAfterSeconds } = answer;
    const reply = host.switchToHttp().getResponse<Reply>().status(body.statusCode);
    if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
    reply.header('cache-control', 'no-store').send(body);
  }
}
