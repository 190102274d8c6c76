import type { SeekPassTime } from './auth/seek-pass-time.ts';
import { createSeekPassTime } from './auth/seek-pass-time.ts';
import { tokenRequester } from './auth/token-request.ts';
import type { TokenSource } from './auth/token-source.ts';
import { createTokenSource } from './auth/token-source.ts';
import type { BatchInput } from './credentials/batch.ts';
import { batchToWire } from './credentials/batch.ts';
import type { AddInput } from './credentials/submission.ts';
import type { WireRequest } from './credentials/to-wire.ts';
import { wireRequest } from './credentials/validate.ts';
import type { Connections } from './http/pool.ts';
import { createConnections } from './http/pool.ts';
import type { Transport } from './http/transport.ts';
import { createTransport } from './http/transport.ts';
import { createLimiter } from './limits/limiter.ts';
import type { CallOptions, SeekPassOptions } from './options.ts';
import type { Settings } from './resolve-options.ts';
import { resolveOptions } from './resolve-options.ts';
import { scopeSet } from './scope.ts';
import type { AddResult } from './submissions/add.ts';
import { addRequest } from './submissions/add.ts';
import type { SubmissionStatus } from './submissions/status.ts';
import { statusesRequest, statusRequest } from './submissions/status.ts';
import { askInGroups } from './submissions/statuses.ts';
import type { AssetUpload } from './submissions/upload-asset.ts';
import { uploadRequest } from './submissions/upload-asset.ts';
import { createTelemetry } from './telemetry.ts';
import type { Verify } from './verify/verify.ts';
import { createVerify } from './verify/verify.ts';
import type { Webhooks } from './webhook-endpoints/webhooks.ts';
import { createWebhooks } from './webhook-endpoints/webhooks.ts';

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
  readonly #time: SeekPassTime;
  readonly #tokens: TokenSource;
  readonly #transport: Transport;
  /** "Verify with SEEK Pass": ask for a proof of identity and read its result. */
  readonly verify: Verify;
  /** The webhook endpoints of this client. To check a webhook that arrived, see `@seek-pass-kit/core/webhooks`. */
  readonly webhooks: Webhooks;

  /** Throws `ConfigurationError`, a sentence for each setting that is missing, unknown or unsafe. Sends nothing. */
  constructor(options: SeekPassOptions) {
    const settings = resolveOptions(options);
    const time = createSeekPassTime(settings.clock);
    const connections = createConnections(settings);
    const observed = settings.onEvent !== undefined || settings.telemetry !== undefined;
    const telemetry = observed ? createTelemetry(settings) : undefined;
    const shared = { settings, dispatcher: connections.main, time, telemetry };
    const tokens = createTokenSource(settings, time, tokenRequester(createTransport(shared), settings, time));
    const limiter = createLimiter(settings.concurrency, settings.rate, settings.clock);
    this.#settings = settings;
    this.#connections = connections;
    this.#time = time;
    this.#tokens = tokens;
    this.#transport = createTransport({ ...shared, tokens, limiter });
    this.verify = createVerify(this.#transport, settings);
    this.webhooks = createWebhooks(this.#transport, settings, tokens);
  }

  /**
   * Submits one credential and returns the link for its learner (docs: "Redirect user"). Validates first; nothing is sent when that fails. Safe to
   * repeat with the same id for 48 hours.
   */
  async add(input: AddInput, call?: CallOptions): Promise<AddResult> {
    const { id, path, scope, body } = this.requestOf(input);
    return this.#transport.send(addRequest('add', { id, path, scopes: [scope], body }, this.#settings), call);
  }

  /** The request that {@link SeekPass.add} would send, for people to look at. Validates as it does, and sends nothing. */
  requestOf(input: AddInput): WireRequest {
    return wireRequest(input, this.#settings);
  }

  /**
   * Submits several credentials of ONE learner and returns one link (docs: "Batch field descriptions"). A cohort is one `add` per learner. Upload
   * links, when documents are to follow, are in `response`.
   */
  async addBatch(input: BatchInput, call?: CallOptions): Promise<AddResult> {
    const batch = batchToWire(input, this.#settings);
    return this.#transport.send(addRequest('addBatch', batch, this.#settings), call);
  }

  /**
   * Puts a file to the presigned link that SEEK Pass gave for it (docs: "Batch field descriptions"), without our token. Safe to repeat.
   */
  async uploadAsset(upload: AssetUpload, call?: CallOptions): Promise<void> {
    const { environment } = this.#settings;
    await this.#transport.send(uploadRequest(upload, environment, this.#connections.uploads()), call);
  }

  /** How one submission stands, by the id it was added with (docs: "Check submission status"). */
  async status(id: string, call?: CallOptions): Promise<SubmissionStatus> {
    const scopes = this.#tokens.anySet('statusScope');
    return this.#transport.send(statusRequest(id, this.#settings.paths.status, scopes), call);
  }

  /** How any number of submissions stand: 30 ids a call, each id once, in the order given. */
  async statuses(ids: Iterable<string>, call?: CallOptions): Promise<SubmissionStatus[]> {
    const { paths, concurrency } = this.#settings;
    return askInGroups(ids, concurrency, (group) => {
      const scopes = this.#tokens.anySet('statusScope');
      return this.#transport.send(statusesRequest(group, paths.statuses, scopes), call);
    });
  }

  /**
   * Takes a token with exactly these scopes and does nothing with it: for checking a setup, scope by scope. Rejects with
   * `authentication_failed` when SEEK Pass does not know the client or has not granted one of them.
   */
  async checkAccess(scopes: readonly string[]): Promise<void> {
    await this.#tokens.take(scopeSet(scopes));
  }

  /** SEEK Pass's clock minus ours in milliseconds, measured by its answers; `undefined` before the first one. */
  get clockOffsetMs(): number | undefined {
    return this.#time.offsetMs();
  }

  /** The time by SEEK Pass's clock, as far as known, in milliseconds since the epoch. */
  now(): number {
    return this.#time.now();
  }

  /** Where learners are sent: the origin of every redirect URI that `add` gives. For a `form-action` of a Content-Security-Policy. */
  get redirectOrigin(): string {
    return this.#settings.redirectOrigin;
  }

  /** Of the settings. It is no secret: it stands in every redirect URI of the add flow. */
  get clientId(): string {
    return this.#settings.clientId;
  }

  /** Of the settings: what SEEK Pass granted to this client, when that was said. */
  get scopes(): readonly string[] | undefined {
    return this.#settings.scopes;
  }

  /** Waits for requests in flight and closes the connections. */
  async close(): Promise<void> {
    await this.#connections.close();
  }
}
