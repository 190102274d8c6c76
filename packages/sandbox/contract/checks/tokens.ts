import { expectRefusal, freshId } from '../check.ts';
import type { ContractCheck } from '../check.ts';
import { education } from '../made-up.ts';

/** Tokens (docs: "OAuth authentication"). */
export const tokenChecks: readonly ContractCheck[] = [
  {
    behaviour: 'token_request',
    trying: 'client_credentials with one scope',
    expected: '200 access_token',
    async observe(api) {
      const answer = await api.requestToken({ scope: 'write.education' });
      const seen = `${answer.status} ${'access_token' in answer.body ? 'access_token' : 'nothing'}`;
      return { seen, asExpected: seen === this.expected };
    },
  },
  {
    behaviour: 'token_request',
    trying: 'two scopes, separated by a space',
    expected: '200',
    async observe(api) {
      const answer = await api.requestToken({ scope: 'write.education write.microcredential' });
      return { seen: String(answer.status), asExpected: answer.status === 200 };
    },
  },
  {
    behaviour: 'token_jwt',
    trying: 'header and claims of the token',
    expected: 'HS512 iat exp',
    async observe(api) {
      const token = await api.token('write.education');
      const [header, claims] = token.split('.').map(decoded);
      const names = ['iat', 'exp'].filter((name) => name in (claims ?? {}));
      const seen = [String(header?.['alg']), ...names].join(' ');
      return { seen, asExpected: seen === this.expected };
    },
  },
  {
    behaviour: 'token_lifetime',
    trying: 'members beside access_token',
    expected: 'expires_in, scope, token_type',
    async observe(api) {
      const answer = await api.requestToken({ scope: 'write.education' });
      const names = Object.keys(answer.body).filter((name) => name !== 'access_token');
      const seen = names.sort().join(', ') || 'none';
      return { seen, asExpected: seen === this.expected };
    },
  },
  {
    behaviour: 'oauth_errors',
    trying: 'a wrong client secret',
    expected: '401 error, error_description',
    async observe(api) {
      const answer = await api.requestToken({
        scope: 'write.education',
        client_secret: 'not-the-secret-of-anyone',
      });
      const seen = `${answer.status} ${Object.keys(answer.body).sort().join(', ')}`.trim();
      return { seen, asExpected: seen === this.expected };
    },
  },
  {
    behaviour: 'oauth_errors',
    trying: 'a scope that does not exist',
    expected: 'refused (4xx)',
    observe: async (api) => expectRefusal(await api.requestToken({ scope: 'write.everything' })),
  },
  {
    behaviour: 'scope_of_add',
    trying: 'education with a token for microcredentials',
    expected: 'refused (4xx)',
    async observe(api) {
      const token = await api.token('write.microcredential');
      const body = education(freshId());
      return expectRefusal(await api.call('POST', '/api/partner/v1/add/education.json', { token, body }));
    },
  },
  {
    behaviour: 'scope_of_add',
    trying: 'an add without a token',
    expected: 'refused (4xx)',
    async observe(api) {
      const body = education(freshId());
      return expectRefusal(await api.call('POST', '/api/partner/v1/add/education.json', { body }));
    },
  },
];

function decoded(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
