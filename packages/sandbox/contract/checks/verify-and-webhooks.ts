import { expectRefusal, freshId, linkForm } from '../check.ts';
import type { ContractCheck } from '../check.ts';
import type { ApiAnswer, PartnerApi } from '../partner-api.ts';

const verifyPath = '/api/partner/v2/verify/requests/digital_identity.json';
const webhooksPath = '/api/partner/v2/webhooks';
const identityScopes = ['write.digital_identity', 'read.digital_identity'];
const request = { display_options: { partner_name: 'Contract check' } };

async function verify(api: PartnerApi, body: unknown): Promise<ApiAnswer> {
  return api.call('POST', verifyPath, { token: await api.token(...identityScopes), body });
}

/** Creates a webhook, hands it over, and deletes it again whatever happens. */
async function withWebhook<T>(
  api: PartnerApi,
  use: (created: ApiAnswer, path: string, token: string) => Promise<T>,
): Promise<T> {
  const token = await api.token(...identityScopes);
  const body = { url: 'https://contract-check.example/hooks', name: 'Contract check' };
  const created = await api.call('POST', webhooksPath, { token, body });
  const path = `${webhooksPath}/${String(created.body['id'])}`;
  try {
    return await use(created, path, token);
  } finally {
    if (created.body['id'] !== undefined) await api.call('DELETE', path, { token });
  }
}

const memberNames = (answer: ApiAnswer): string =>
  `${answer.status} ${Object.keys(answer.body).sort().join(', ')}`.trim();

/** Verify and webhook endpoints (docs: "Verify with SEEK Pass", "Webhooks"). */
export const verifyAndWebhookChecks: readonly ContractCheck[] = [
  {
    behaviour: 'verify_created',
    trying: 'a verify request with a request_id of ours',
    expected: '201 redirect_uri, request_id',
    async observe(api) {
      const seen = memberNames(await verify(api, { ...request, request_id: freshId() }));
      return { seen, asExpected: seen === this.expected };
    },
  },
  {
    behaviour: 'verify_redirect',
    trying: 'the link of a verify request',
    expected: '/partner/verify/digitalIdentity#clientId,content',
    async observe(api) {
      const seen = linkForm(await verify(api, request));
      return { seen, asExpected: seen === this.expected };
    },
  },
  {
    behaviour: 'verify_schema',
    trying: 'a verify request without partner_name',
    expected: 'refused (4xx)',
    observe: async (api) => expectRefusal(await verify(api, { display_options: {} })),
  },
  {
    behaviour: 'scope_of_verify',
    trying: 'a verify request with the write scope alone',
    expected: 'refused (4xx)',
    async observe(api) {
      const token = await api.token('write.digital_identity');
      return expectRefusal(await api.call('POST', verifyPath, { token, body: request }));
    },
  },
  {
    behaviour: 'verify_result',
    trying: 'the result before anybody has opened the link',
    expected: '200 incomplete',
    async observe(api) {
      const requestId = freshId();
      await verify(api, { ...request, request_id: requestId });
      const token = await api.token(...identityScopes);
      const path = `/api/partner/v2/verify/requests/${requestId}/status.json`;
      const { status, body } = await api.call('GET', path, { token });
      const word = body['status'];
      const seen = `${status} ${typeof word === 'string' ? word : 'without a status'}`;
      return { seen, asExpected: seen === this.expected };
    },
  },
  {
    behaviour: 'webhook_secret',
    trying: 'creating a webhook',
    expected: '64 hex characters as secret',
    observe: (api) =>
      withWebhook(api, async (created) => {
        const secret = created.body['secret'];
        const hex = typeof secret === 'string' && /^[0-9a-f]{64}$/.test(secret);
        return {
          seen: hex ? '64 hex characters as secret' : `${created.status}, another secret`,
          asExpected: hex,
        };
      }),
  },
  {
    behaviour: 'webhook_secret',
    trying: 'rotating the secret',
    expected: '200, another secret',
    observe: (api) =>
      withWebhook(api, async (created, path, token) => {
        const { status, body } = await api.call('PUT', `${path}/secret`, { token });
        const other = typeof body['secret'] === 'string' && body['secret'] !== created.body['secret'];
        return {
          seen: `${status}, ${other ? 'another' : 'no new'} secret`,
          asExpected: status === 200 && other,
        };
      }),
  },
  {
    behaviour: 'webhook_secret_shown',
    trying: 'reading a webhook',
    expected: '200 description, id, name, url',
    observe(api) {
      return withWebhook(api, async (_, path, token) => {
        const seen = memberNames(await api.call('GET', path, { token }));
        return { seen, asExpected: seen === this.expected };
      });
    },
  },
  {
    behaviour: 'webhook_update',
    trying: 'updating the name, the id in the body',
    expected: '200',
    observe: (api) =>
      withWebhook(api, async (created, _, token) => {
        const { id, url } = created.body;
        const answer = await api.call('PUT', webhooksPath, {
          token,
          body: { id, url, name: 'Contract check 2' },
        });
        return { seen: String(answer.status), asExpected: answer.status === 200 };
      }),
  },
];
