import { AddFlow } from './add-flow.ts';
import { PartnerClients } from './clients.ts';
import { Deliveries } from './deliveries.ts';
import type { PostWebhook } from './deliveries.ts';
import { Faults } from './faults.ts';
import { LogIn } from './log-in.ts';
import { Mailbox } from './mailbox.ts';
import type { Random } from './random.ts';
import { RequestLog } from './request-log.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import { Submissions } from './submissions.ts';
import { Tokens } from './tokens.ts';
import { Uploads } from './uploads.ts';
import { Users } from './users.ts';
import type { Verification } from './verification.ts';
import { Verifications } from './verifications.ts';
import { VerifyFlow } from './verify-flow.ts';
import { WebhookEndpoints } from './webhook-endpoints.ts';
import { microsecondTimestamp } from './webhook-event.ts';

/** What a world is made of: time, randomness and the network come from outside. */
export interface WorldParts {
  readonly clock: SandboxClock;
  readonly random: Random;
  readonly postWebhook: PostWebhook;
  /** Seconds an access token lives; 3600 when left out. */
  readonly tokenLifeSeconds?: number | undefined;
}

/**
 * Everything the sandbox's SEEK Pass knows: partners, submissions, verifications, accounts, mails, webhooks, faults.
 * It knows nothing of HTTP: the partner API, the wallet pages and the control API all work on the same world.
 */
export class World {
  readonly clock: SandboxClock;
  readonly random: Random;
  readonly clients = new PartnerClients();
  readonly tokens: Tokens;
  readonly submissions: Submissions;
  readonly uploads: Uploads;
  readonly verifications: Verifications;
  readonly users: Users;
  readonly mailbox: Mailbox;
  readonly logIn: LogIn;
  readonly addFlow: AddFlow;
  readonly verifyFlow: VerifyFlow;
  readonly endpoints: WebhookEndpoints;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly requestLog = new RequestLog();

  constructor(parts: WorldParts) {
    const { clock, random } = parts;
    this.clock = clock;
    this.random = random;
    this.tokens = new Tokens({ clock, random, lifeSeconds: parts.tokenLifeSeconds });
    this.submissions = new Submissions(clock, random);
    this.uploads = new Uploads(clock, random);
    this.users = new Users(random);
    this.mailbox = new Mailbox({ clock, random });
    this.logIn = new LogIn({ clock, random, mailbox: this.mailbox, users: this.users });
    this.addFlow = new AddFlow({ clock, submissions: this.submissions, users: this.users });
    this.endpoints = new WebhookEndpoints(random);
    this.deliveries = new Deliveries({ clock, random, endpoints: this.endpoints, post: parts.postWebhook });
    this.verifications = new Verifications(clock, random, (verification) => this.#announce(verification));
    this.verifyFlow = new VerifyFlow({
      verifications: this.verifications,
      submissions: this.submissions,
      users: this.users,
    });
    this.faults = new Faults(random);
    clock.onMove(() => this.sweep());
  }

  /** Lets everything happen that is due by now: expired submissions, deleted documents, expired verifications. */
  sweep(): void {
    this.submissions.sweep();
    this.verifications.sweep();
  }

  /** Forgets everything but the partners, their tokens and the clock. */
  reset(): void {
    this.submissions.clear();
    this.uploads.clear();
    this.verifications.clear();
    this.users.clear();
    this.mailbox.clear();
    this.logIn.clear();
    this.deliveries.clear();
    this.endpoints.clear();
    this.faults.clear();
    this.requestLog.clear();
  }

  /** Ends what runs by itself. */
  stop(): void {
    this.deliveries.stop();
    this.clock.stop();
  }

  #announce(verification: Verification): void {
    const event = {
      event_id: this.random.uuid(),
      request_id: verification.requestId,
      type: `vwsp_request.${verification.status}`,
      created_at: microsecondTimestamp(verification.finalizedAt ?? this.clock.now()),
    };
    for (const endpoint of this.endpoints.ofClient(verification.clientId))
      this.deliveries.send(endpoint, event);
  }
}
