import type { z } from 'zod';
import { json } from '../http/message.ts';
import type { Route, SandboxRequest } from '../http/message.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { ControlApi } from './control-api.ts';
import {
  clockFreeze,
  clockStep,
  faultRule,
  learnerAlone,
  learnerAtLink,
  learnerShares,
  readControl,
  secretRotation,
  webhookRelease,
  webhookTrigger,
} from './control-requests.ts';

/** The control API over HTTP: one route per method of {@link ControlApi}, below `/control/api`. Nothing to say is `{}`. */
export function controlRoutes(control: ControlApi): readonly Route[] {
  const { clock, requests, submissions, verifications, faults, webhooks, mails, tokens, clients, learner } =
    control;
  return [
    route('GET', '/state', () => control.state()),
    route('POST', '/reset', () => control.reset()),
    route('GET', '/clock', () => clock.state()),
    acting('/clock/freeze', clockFreeze, (input) => clock.freeze(input)),
    route('POST', '/clock/unfreeze', () => clock.unfreeze()),
    acting('/clock/advance', clockStep, (input) => clock.advance(input)),
    route('GET', '/requests', (request) => requests.list(limitOf(request))),
    route('GET', '/requests/:number', (request) => requests.read(Number(request.params['number']))),
    route('DELETE', '/requests', () => requests.clear()),
    route('GET', '/submissions', (request) => submissions.list(limitOf(request))),
    route('GET', '/submissions/:reference', (request) => submissions.read(request.params['reference'] ?? '')),
    route('GET', '/verifications', () => verifications.list()),
    route('GET', '/verifications/:reference', (request) =>
      verifications.read(request.params['reference'] ?? ''),
    ),
    route('GET', '/faults', () => faults.list()),
    acting('/faults', faultRule, (input) => faults.set(input)),
    route('DELETE', '/faults', () => faults.clear()),
    route('DELETE', '/faults/:id', (request) => faults.remove(request.params['id'] ?? '')),
    route('GET', '/webhooks', () => webhooks.endpoints()),
    route('GET', '/deliveries', () => webhooks.deliveries()),
    route('POST', '/deliveries/:id/replay', (request) => webhooks.replay(request.params['id'] ?? '')),
    acting('/webhooks/trigger', webhookTrigger, (input) => webhooks.trigger(input)),
    route('POST', '/webhooks/hold', () => webhooks.hold()),
    acting('/webhooks/release', webhookRelease, (input) => webhooks.release(input)),
    route('POST', '/webhooks/idle', () => webhooks.idle()),
    route('GET', '/mails', (request) => mails.list({ to: request.query.get('to') ?? undefined })),
    route('GET', '/mails/:id', (request) => mails.read(request.params['id'] ?? '')),
    route('DELETE', '/mails', () => mails.clear()),
    route('POST', '/tokens/revoke-all', () => tokens.revokeAll()),
    acting('/clients/rotate-secret', secretRotation, (input) => clients.rotateSecret(input)),
    ...learnerRoutes(learner),
  ];
}

function learnerRoutes(learner: ControlApi['learner']): readonly Route[] {
  return [
    acting('/learner/open', learnerAtLink, (input) => ({ step: learner.open(input) })),
    acting('/learner/consent', learnerAtLink, (input) => ({ step: learner.consent(input) })),
    acting('/learner/decline', learnerAtLink, (input) => ({ step: learner.decline(input) })),
    acting('/learner/sign-in-to-app', learnerAlone, (input) => learner.signInToApp(input)),
    acting('/learner/wallet', learnerAlone, (input) => learner.wallet(input)),
    acting('/learner/open-verification', learnerAtLink, (input) => ({
      step: learner.openVerification(input),
    })),
    acting('/learner/share', learnerShares, (input) => learner.share(input)),
    acting('/learner/refuse', learnerAtLink, (input) => learner.refuse(input)),
  ];
}

function route(method: Route['method'], path: string, act: (request: SandboxRequest) => unknown): Route {
  return {
    method,
    path: `/control/api${path}`,
    handle: async (request) => json(200, (await act(request)) ?? {}, { 'Cache-Control': 'no-store' }),
  };
}

function acting<T>(path: string, schema: z.ZodType<T>, act: (input: T) => unknown): Route {
  return route('POST', path, (request) => act(readControl(schema, inputOf(request))));
}

function inputOf(request: SandboxRequest): unknown {
  if (request.body.length === 0) return {};
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch (cause) {
    throw new SandboxError('invalid_request', 'The body is not JSON: send one JSON object.', { cause });
  }
}

function limitOf(request: SandboxRequest): number | undefined {
  const limit = Number(request.query.get('limit') ?? undefined);
  return Number.isInteger(limit) && limit > 0 ? limit : undefined;
}
