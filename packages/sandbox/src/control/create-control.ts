import type { World } from '../world/world.ts';
import { microsecondTimestamp } from '../world/webhook-event.ts';
import { found } from './control-api.ts';
import type { ClockView, ControlApi } from './control-api.ts';
import {
  clockFreeze,
  clockStep,
  faultRule,
  readControl,
  secretRotation,
  webhookRelease,
  webhookTrigger,
} from './control-requests.ts';
import { deliveryView, endpointView, submissionView, verificationView } from './control-views.ts';
import { contentOf, learnerControl } from './learner-control.ts';

/** Things a list shows unless told otherwise. */
const listLimit = 100;

/** What the control API works on. */
export interface ControlParts {
  readonly world: World;
  readonly baseUrl: string;
  /** Called after every change, so that a state file can be written. */
  readonly changed: () => void;
}

/** The control API in the same process. */
export function createControl(parts: ControlParts): ControlApi {
  const { world, changed } = parts;
  return {
    state: () => ({
      clock: clockView(world),
      clients: world.clients.list().map(({ clientId, name, scopes }) => ({ clientId, name, scopes })),
      counts: {
        requests: world.requestLog.total,
        submissions: world.submissions.size,
        verifications: world.verifications.list().length,
        mails: world.mailbox.list().length,
        faults: world.faults.list().length,
      },
    }),
    reset: () => {
      world.reset();
      changed();
    },
    clock: clockControl(world, changed),
    requests: {
      list: (limit = listLimit) => world.requestLog.list(limit),
      read: (requestNumber) => found(world.requestLog.find(requestNumber), 'request in its log'),
      clear: () => world.requestLog.clear(),
    },
    ...flowControls(parts),
    faults: {
      set: (rule) => world.faults.set(readControl(faultRule, rule)),
      list: () => world.faults.list(),
      remove: (faultId) => {
        found(world.faults.remove(faultId) || undefined, 'fault');
      },
      clear: () => world.faults.clear(),
    },
    webhooks: webhookControl(world, changed),
    mails: {
      list: (filter) => world.mailbox.list(filter),
      read: (mailId) => found(world.mailbox.read(mailId), 'mail'),
      clear: () => {
        world.mailbox.clear();
        changed();
      },
    },
    tokens: { revokeAll: () => world.tokens.revokeAll() },
    clients: {
      rotateSecret: (input = {}) => {
        const { clientId, keepPrevious } = readControl(secretRotation, input);
        const client = found(
          clientId === undefined ? world.clients.list()[0] : world.clients.find(clientId),
          'client',
        );
        const clientSecret = world.random.hex(32);
        world.clients.rotateSecret(client, clientSecret, keepPrevious ?? false);
        changed();
        return { clientId: client.clientId, clientSecret };
      },
    },
    learner: learnerControl(world, changed),
  };
}

function flowControls({ world, baseUrl }: ControlParts): Pick<ControlApi, 'submissions' | 'verifications'> {
  return {
    submissions: {
      list: (limit = listLimit) =>
        world.submissions.list(limit).map((submission) => submissionView(world, baseUrl, submission)),
      read: (reference) => {
        const submission =
          world.submissions.find(contentOf(reference)) ??
          firstOf(world, (clientId) => world.submissions.ofPartnerId(clientId, reference));
        return submissionView(world, baseUrl, found(submission, 'submission'));
      },
    },
    verifications: {
      list: () =>
        world.verifications.list().map((verification) => verificationView(world, baseUrl, verification)),
      read: (reference) => {
        const verification =
          world.verifications.find(contentOf(reference)) ??
          firstOf(world, (clientId) => world.verifications.ofRequestId(clientId, reference));
        return verificationView(world, baseUrl, found(verification, 'verification'));
      },
    },
  };
}

function firstOf<T>(world: World, find: (clientId: string) => T | undefined): T | undefined {
  for (const { clientId } of world.clients.list()) {
    const thing = find(clientId);
    if (thing !== undefined) return thing;
  }
  return undefined;
}

function clockControl(world: World, changed: () => void): ControlApi['clock'] {
  const after = (): ClockView => {
    changed();
    return clockView(world);
  };
  return {
    state: () => clockView(world),
    freeze: (input = {}) => {
      const { at } = readControl(clockFreeze, input);
      world.clock.freeze(at === undefined ? undefined : Date.parse(at));
      return after();
    },
    unfreeze: () => {
      world.clock.unfreeze();
      return after();
    },
    advance: (input) => {
      const { hours = 0, minutes = 0, seconds = 0, ms = 0 } = readControl(clockStep, input);
      world.clock.advance(hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + ms);
      return after();
    },
  };
}

function clockView(world: World): ClockView {
  const state = world.clock.state;
  return { ...state, iso: new Date(state.now).toISOString() };
}

function webhookControl(world: World, changed: () => void): ControlApi['webhooks'] {
  const { deliveries, endpoints } = world;
  return {
    endpoints: () => endpoints.list().map(endpointView),
    deliveries: () => deliveries.list().map(deliveryView),
    replay: (deliveryId) => {
      changed();
      return deliveries.replay(found(deliveries.find(deliveryId), 'delivery')).map(deliveryView);
    },
    trigger: (input) => {
      const { type, requestIds, endpointId, delayMs, copies, reorder } = readControl(webhookTrigger, input);
      const targets =
        endpointId === undefined ? endpoints.list() : [found(endpoints.get(endpointId), 'webhook endpoint')];
      found(targets[0], 'webhook endpoint');
      const newest = world.verifications.list()[0]?.requestId ?? world.random.uuid();
      const events = (requestIds ?? [newest]).map((requestId, index) => ({
        event_id: world.random.uuid(),
        request_id: requestId,
        type,
        // One millisecond apart, so that a receiver can tell their order.
        created_at: microsecondTimestamp(world.clock.now() + index),
      }));
      if (reorder === true) events.reverse();
      changed();
      return deliveries.sendInOrder(targets, events, { delayMs, copies }).map(deliveryView);
    },
    hold: () => deliveries.hold(),
    release: (input = {}) => deliveries.release(readControl(webhookRelease, input).order),
    idle: () => deliveries.idle(),
  };
}
