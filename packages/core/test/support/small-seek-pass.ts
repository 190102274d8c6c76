import type { Reply, SeenRequest } from '../../src/testing/index.ts';

export const origin = 'https://app.seekpass-staging.com';
export const clientId = 'client-1';
export const clientSecret = '7b1c9e0a44f25d3386aa';

/** Just enough of SEEK Pass for tests of the client: tokens, adds keyed by id, statuses. */
export class SmallSeekPass {
  /** Bodies of accepted submissions by their id: what a learner would find. */
  readonly submissions = new Map<string, string[]>();
  readonly tokens: string[] = [];
  tokenLifeSeconds: number | undefined = 3600;
  /** When set, these are the only tokens the API takes. */
  goodTokens: Set<string> | undefined;
  /** When set, only this client secret gets a token. */
  goodSecret: string | undefined;

  /** When set, its clock: stamped on every answer. */
  clock: (() => number) | undefined;

  readonly serve = (request: SeenRequest): Reply => {
    const reply = this.#reply(request);
    const date = this.clock === undefined ? {} : { date: new Date(this.clock()).toUTCString() };
    return { ...reply, headers: { ...date, ...reply.headers } };
  };

  #reply(request: SeenRequest): Reply {
    if (request.path.includes('/oauth/')) return this.#token(request);
    const token = request.headers['authorization']?.replace(/^Bearer /, '') ?? '';
    const good = this.goodTokens === undefined ? this.tokens.includes(token) : this.goodTokens.has(token);
    if (!good) return { status: 401, body: { error: 'unauthorized' } };
    if (request.path.includes('/add/')) return this.#add(request);
    if (request.path.endsWith('/submissions/status.json')) {
      const { ids } = JSON.parse(request.body) as { ids: string[] };
      if (ids.length > 30) return { status: 422, body: { error: 'too many' } };
      const known = ids.filter((id) => this.submissions.has(id)).reverse();
      return {
        status: 200,
        body: { credentials: known.map((id) => ({ id, status: 'incomplete', finalized_at: null })) },
      };
    }
    const id = /\/submissions\/([^/]+)\/status/.exec(request.path)?.[1];
    if (id !== undefined)
      return { status: 200, body: { id: decodeURIComponent(id), status: 'incomplete', finalized_at: null } };
    return { status: 404, body: { error: 'no such path' } };
  }

  #token(request: SeenRequest): Reply {
    const secret = new URLSearchParams(request.body).get('client_secret');
    if (this.goodSecret !== undefined && secret !== this.goodSecret) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    const token = `token-${this.tokens.length + 1}`;
    this.tokens.push(token);
    const life = this.tokenLifeSeconds === undefined ? {} : { expires_in: this.tokenLifeSeconds };
    return { status: 200, body: { access_token: token, ...life } };
  }

  #add(request: SeenRequest): Reply {
    const body = JSON.parse(request.body) as { id?: string; credential_id?: string };
    const id = body.id ?? body.credential_id ?? '';
    const bodies = this.submissions.get(id);
    if (bodies === undefined) this.submissions.set(id, [request.body]);
    else if (!bodies.includes(request.body)) bodies.push(request.body);
    const number = [...this.submissions.keys()].indexOf(id) + 1;
    return {
      status: 201,
      body: {
        redirect_uri: `${origin}/partner/add/microcredential#clientId=${clientId}&documentType=none&content=request-${number}`,
      },
    };
  }
}
