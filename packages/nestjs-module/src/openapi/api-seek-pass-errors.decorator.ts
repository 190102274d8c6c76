import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { documentedAnswers, type SeekPassErrorBody } from '../errors/http-answer.ts';

const statuses = [...new Set(documentedAnswers.map(({ statusCode }) => statusCode))];

/** Describes the answers of `SeekPassExceptionFilter` on a route or on all routes of a controller, one for each status. */
export const ApiSeekPassErrors = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ...statuses.map((status) => {
      const bodies = documentedAnswers.filter(({ statusCode }) => statusCode === status);
      return ApiResponse({ status, description: descriptionOf(bodies), schema: schemaOf(bodies) });
    }),
  );

const descriptionOf = (bodies: readonly SeekPassErrorBody[]): string =>
  [...new Set(bodies.map(({ message }) => message))].join(' ');

function schemaOf(bodies: readonly SeekPassErrorBody[]) {
  const text = { type: 'string' };
  const problem = {
    type: 'object',
    properties: { path: text, code: text, message: text, remedy: text },
    required: ['path', 'code', 'message', 'remedy'],
  };
  const hasProblems = bodies.some(({ code }) => code === 'invalid_payload');
  return {
    type: 'object',
    properties: {
      statusCode: { type: 'integer' },
      code: { ...text, enum: bodies.map(({ code }) => code) },
      message: text,
      retryable: { type: 'boolean' },
      ...(hasProblems ? { problems: { type: 'array', items: problem } } : {}),
    },
    required: ['statusCode', 'code', 'message', 'retryable'],
  };
}
