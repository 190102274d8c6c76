import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { SeekPassError } from '@seek-pass-kit/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInNeeded } from '../sessions/sign-in-needed.ts';
import { frameOf } from './frame.decorator.ts';
import { html } from './html.ts';
import { page } from './page.ts';

interface Trouble {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

/** Answers errors with a page. What went wrong is said in words of ours: messages of errors are for the log. */
@Catch()
export class PageErrorFilter implements ExceptionFilter {
  readonly #log = new Logger(PageErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (error instanceof SignInNeeded) {
      const signIn = error.as === 'staff' ? '/staff/sign-in' : '/sign-in';
      const to = request.method === 'GET' ? `?to=${encodeURIComponent(request.url)}` : '';
      reply
        .status(303)
        .header('location', signIn + to)
        .send('');
      return;
    }
    if (isHealthReport(error)) {
      reply.status(error.getStatus()).send(error.getResponse());
      return;
    }
    const trouble = troubleOf(error);
    if (trouble.status >= 500) this.#log.error(nameOf(error), placesOf(error));
    const { title, text, status } = trouble;
    const shown = page(frameOf(request, reply), {
      title,
      main: html`<p class="lead">${text}</p><p class="actions"><a class="button" href="/">To the first page</a></p>`,
    });
    reply
      .status(status)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(shown.toString());
  }
}

/** Terminus answers "down" with an exception, for programs. */
function isHealthReport(error: unknown): error is HttpException {
  const body: unknown = error instanceof HttpException ? error.getResponse() : undefined;
  return typeof body === 'object' && body !== null && 'status' in body && 'details' in body;
}

function troubleOf(error: unknown): Trouble {
  const status = statusOf(error);
  switch (status) {
    case 403:
      return { status, title: 'This is not for you', text: forbidden(error) };
    case 404:
      return {
        status,
        title: 'There is nothing here',
        text: 'The address may be wrong, or what was here is gone.',
      };
    case 503:
      return {
        status,
        title: 'SEEK Pass does not answer',
        text: 'Nothing was lost. Please try again in a few minutes.',
      };
    default:
      if (status < 500) {
        return {
          status,
          title: 'That did not work',
          text: 'Something in the request was not right. Go back and try again.',
        };
      }
      return {
        status,
        title: 'Something went wrong here',
        text: 'It is our fault, and we have been told. Please try again later.',
      };
  }
}

function forbidden(error: unknown): string {
  if (error instanceof HttpException) return error.message;
  return 'The page was open for too long, or the form came from elsewhere. Go back, load the page again, and try once more.';
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (SeekPassError.is(error)) return error.retryable ? 503 : 500;
  // What plugins of Fastify throw: a missing CSRF token, a body that is too large.
  const given =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof given === 'number' && given >= 400 && given < 600 ? given : 500;
}

/** Messages may hold what somebody typed in: only names go into the log. */
function nameOf(error: unknown): string {
  if (SeekPassError.is(error)) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

/** Where it came from, without the message that a stack begins with. */
function placesOf(error: unknown): string | undefined {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines.filter((line) => /^\s+at /.test(line)).join('\n') || undefined;
}
