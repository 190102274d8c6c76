import { randomUUID } from 'node:crypto';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import type { Clock } from '@seek-pass-kit/core';
import { sign } from '@seek-pass-kit/core/webhooks';
import type { ControlApi } from '@seek-pass-kit/sandbox';
import { getSeekPassOptionsToken } from '../injection/tokens.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';

/** Members of an event, named as on the wire. */
export interface TestEventMembers {
  /** Default: that of the newest verification at the sandbox. */
  readonly request_id?: string;
  /** The same id again is the same event. Default: a new one. */
  readonly event_id?: string;
}

/**
 * - `right`: as SEEK Pass signs.
 * - `wrong`: with a secret that is not yours. `missing`: not at all. `tampered`: another body than the signed one.
 * - `old`: signed twenty minutes ago.
 */
export type TestSignature = 'right' | 'wrong' | 'missing' | 'tampered' | 'old';

/** A delivery as SEEK Pass sends it: it POSTs the body with the headers to the `receiverUrl`. */
export interface TestWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the application answered. */
export interface WebhookAnswer {
  readonly status: number;
  readonly body: string;
}

/** Makes webhooks, and delivers them. */
export class TestWebhooks {
  /** Signs them; the `webhooks.secrets` of the options. */
  readonly secret: string = randomUUID();
  readonly #clock: Clock;
  readonly #control: ControlApi;

  constructor({ clock, control }: { readonly clock: Clock; readonly control: ControlApi }) {
    this.#clock = clock;
    this.#control = control;
  }

  /**
   * An event, signed now. `type` may be one that SEEK Pass does not have yet.
   *
   * ```ts
   * const answer = await seekPass.webhooks.deliver(app, seekPass.webhooks.event('vwsp_request.verified'));
   * ```
   */
  event(
    type: 'vwsp_request.verified' | 'vwsp_request.canceled' | (string & {}),
    members: TestEventMembers = {},
    signature: TestSignature = 'right',
  ): TestWebhook {
    const now = this.#clock.now();
    const {
      request_id = this.#control.verifications.list()[0]?.requestId ?? randomUUID(),
      event_id = randomUUID(),
    } = members;
    const body = JSON.stringify({ event_id, request_id, type, created_at: new Date(now).toISOString() });
    const secret = signature === 'wrong' ? randomUUID() : this.secret;
    const timestamp = Math.floor(now / 1_000) - (signature === 'old' ? 20 * 60 : 0);
    const signed = signature === 'missing' ? {} : sign({ body, secret, timestamp });
    return {
      headers: { 'content-type': 'application/json', ...signed },
      body: signature === 'tampered' ? body.replace('"event_id"', '"event_ID"') : body,
    };
  }

  /**
   * Sends one to the `receiverUrl` of a registration, through everything that stands before its receiver; of several URLs to the first. An
   * application that does not listen yet listens on a free port meanwhile.
   *
   * @param name of the registration. Default: the one without a name.
   */
  async deliver(
    app: INestApplication,
    { headers, body }: TestWebhook,
    name?: string,
  ): Promise<WebhookAnswer> {
    await app.init();
    const { webhooks } = app.get<SeekPassModuleOptions>(getSeekPassOptionsToken(name), { strict: false });
    const [url] = [webhooks?.receiverUrl ?? []].flat();
    if (url === undefined) throw new Error('The registration has no webhooks: nothing can be delivered.');
    await (app.getHttpAdapter().getInstance() as { ready?: () => PromiseLike<unknown> }).ready?.();
    const server = app.getHttpServer() as Server;
    const opened = !server.listening;
    if (opened) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      return await post({ port, path: new URL(url).pathname, headers, body });
    } finally {
      if (opened) await new Promise((resolve) => server.close(resolve));
    }
  }
}

function post(to: {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}): Promise<WebhookAnswer> {
  const { port, path, headers, body } = to;
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers: { ...headers, connection: 'close' } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
