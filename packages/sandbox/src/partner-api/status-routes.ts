import { json } from '../http/message.ts';
import type { Route } from '../http/message.ts';
import { wireShapes } from '../shapes.ts';
import type { Submission } from '../world/submission.ts';
import { apiError } from './api-error.ts';
import { withToken } from './bearer.ts';
import type { PartnerApi } from './partner-api.ts';
import { readJson } from './request-body.ts';

/** Status of one or up to 30 submissions, by the partner's ids. Any token will do: no scope is documented (assumption `status_scope`). */
export function statusRoutes({ world }: PartnerApi): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/partner/v1/submissions/:id/status.json',
      handle: withToken(world, (request, token) => {
        const submission = world.submissions.ofPartnerId(token.clientId, request.params['id'] ?? '');
        if (submission !== undefined) return json(200, statusOf(submission));
        return apiError(404, 'not_found', 'No submission of this client has this id.');
      }),
    },
    {
      method: 'POST',
      path: '/api/partner/v1/submissions/status.json',
      handle: withToken(world, (request, token) => {
        const body = readJson(request, wireShapes.bulkStatus, 'any');
        if (!body.ok) return body.answer;
        const credentials = [...new Set(body.value.ids)].flatMap((id) => {
          const submission = world.submissions.ofPartnerId(token.clientId, id);
          return submission === undefined ? [] : [statusOf(submission)];
        });
        return json(200, { credentials });
      }),
    },
  ];
}

function statusOf(submission: Submission): { id: string; status: string; finalized_at: string | null } {
  const { id, status, finalizedAt } = submission;
  return { id, status, finalized_at: finalizedAt === undefined ? null : wholeSeconds(finalizedAt) };
}

/** `2026-01-01T12:00:00Z`, as in the samples: without milliseconds. */
export function wholeSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
