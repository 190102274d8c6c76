import { ClockOffset } from './auth/clock-offset.ts';
import { requestToken } from './auth/token-request.ts';
import { TokenSource } from './auth/token-source.ts';
import type { BatchInput } from './credentials/batch.ts';
import { batchToWire } from './credentials/batch.ts';
import type { AddInput } from './credentials/submission.ts';
import { wireRequest } from './credentials/validate.ts';
import { Connections } from './http/pool.ts';
import { Transport } from './http/transport.ts';
import { Limiter } from './limits/limiter.ts';
import type { CallOptions, SeekPassOptions } from './options.ts';
import type { Settings } from './resolve-options.ts';
import { resolveOptions } from './resolve-options.ts';
import type { AddResult } from './submissions/add.ts';
import { addRequest } from './submissions/add.ts';
import type { SubmissionStatus } from './submissions/status.ts';
import { statusesRequest, statusRequest } from './submissions/status.ts';
import { askInGroups } from './submissions/statuses.ts';
import type { AssetUpload } from './submissions/upload-asset.ts';
import { uploadRequest } from './submissions/upload-asset.ts';
import { Telemetry } from './telemetry.ts';
import { Verify } from './verify/verify.ts';
import { Webhooks } from './webhook-endpoints/webhooks.ts';

/**
 * A client of the SEEK Pass partner API. Make one per client id and keep it: it holds the connections, the tokens and the limits.
 *
 * ```ts
 * const seekPass = new SeekPass({ environment: 'staging', clientId, clientSecret });
 * const { redirectUri } = await seekPass.add({ id, credential });
 * ```
 */
export class SeekPass {
  readonly #settings: Settings;
  readonly #connections: Connections;
  readonly #offset = new ClockOffset();
  readonly #tokens: TokenSource;
  readonly #transport: Transport;
  /** "Verify with SEEK Pass": ask for a proof of identity and read its result. */
  readonly verify: Verify;
  /** The webhook endpoints of this client. To check a webhook that arrived, see `@seek-pass-kit/core/webhooks`. */
  readonly webhooks: Webhooks;

  /** Throws `ConfigurationError`, one sentence, when a setting is missing, unknown or unsafe. Sends nothing. */
  constructor(options: SeekPassOptions) {
    const settings = resolveOptions(options);
    this.#settings = settings;
    this.#connections = new Connections(settings);
    const shared = {
      settings,
      dispatcher: this.#connections.main,
      offset: this.#offset,
      telemetry:
        settings.onEvent === undefined && settings.telemetry === undefined
          ? undefined
          : new Telemetry(settings),
    };
    const tokenTransport = new Transport(shared);
    this.#tokens = new TokenSource(settings, this.#offset, (secret, set) =>
      requestToken(tokenTransport, settings, this.#offset, secret, set),
    );
    this.#transport = new Transport({
      ...shared,
      tokens: this.#tokens,
      limiter: new Limiter(settings.concurrency, settings.rate, settings.clock),
    });
    this.verify = new Verify(this.#transport, settings);
    this.webhooks = new Webhooks(this.#transport, settings, this.#tokens);
  }

  /**
   * Submits one credential and returns the link for its learner (docs: "Redirect user"). Validates first; nothing is sent when that fails. Safe to
   * repeat with the same id for 48 hours.
   */
  async add(input: AddInput, call?: CallOptions): Promise<AddResult> {
    const { id, path, scope, body } = wireRequest(input, this.#settings);
    return this.#transport.send(addRequest('add', { id, path, scopes: [scope], body }, this.#settings), call);
  }

  /**
   * Submits several credentials of ONE learner and returns one link (docs: "Batch field descriptions"). A cohort is one `add` per learner. Upload
   * links, when documents are to follow, are in `response`.
   */
  async addBatch(input: BatchInput, call?: CallOptions): Promise<AddResult> {
    return this.#transport.send(
      addRequest('addBatch', batchToWire(input, this.#settings), this.#settings),
      call,
    );
  }

  /**
   * Puts a file to the presigned link that SEEK Pass gave for it (docs: "Batch field descriptions"), without our token. Safe to repeat.
   */
  async uploadAsset(upload: AssetUpload, call?: CallOptions): Promise<void> {
    const { environment } = this.#settings;
    await this.#transport.send(uploadRequest(upload, environment, this.#connections.uploads), call);
  }

  /** How one submission stands, by the id it was added with (docs: "Check submission status"). */
  async status(id: string, call?: CallOptions): Promise<SubmissionStatus> {
    const scopes = this.#tokens.anySet(this.#settings.statusScope, 'statusScope');
    return this.#transport.send(statusRequest(id, this.#settings.paths.status, scopes), call);
  }

  /** How any number of submissions stand: 30 ids a call, each id once, in the order given. */
  async statuses(ids: Iterable<string>, call?: CallOptions): Promise<SubmissionStatus[]> {
    const { paths, statusScope, concurrency } = this.#settings;
    return askInGroups(ids, concurrency, (group) => {
      const scopes = this.#tokens.anySet(statusScope, 'statusScope');
      return this.#transport.send(statusesRequest(group, paths.statuses, scopes), call);
    });
  }

  /** SEEK Pass's clock minus ours in milliseconds, measured by its answers; `undefined` before the first one. */
  get clockOffsetMs(): number | undefined {
    return this.#offset.ms;
  }

  /** The time by SEEK Pass's clock, as far as known, in milliseconds since the epoch. */
  now(): number {
    return this.#settings.clock.now() + (this.#offset.ms ?? 0);
  }

  /** Waits for requests in flight and closes the connections. */
  async close(): Promise<void> {
    await this.#connections.close();
  }
}
