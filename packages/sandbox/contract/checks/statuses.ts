import { expectRefusal, expectStatus, freshId } from '../check.ts';
import type { ContractCheck } from '../check.ts';
import { education } from '../made-up.ts';
import type { PartnerApi } from '../partner-api.ts';

const bulkPath = '/api/partner/v1/submissions/status.json';
const statusPath = (id: string): string => `/api/partner/v1/submissions/${id}/status.json`;

/** Adds a credential and returns its id and the token. */
async function added(api: PartnerApi): Promise<{ readonly id: string; readonly token: string }> {
  const token = await api.token('write.education');
  const id = freshId();
  const answer = await api.call('POST', '/api/partner/v1/add/education.json', { token, body: education(id) });
  if (answer.status !== 201) throw new Error(`the add before it was answered with ${answer.status}`);
  return { id, token };
}

function bulkItems(body: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  const list = body['credentials'];
  return Array.isArray(list) ? (list as Readonly<Record<string, unknown>>[]) : [];
}

/** Statuses (docs: "Check submission status"). */
export const statusChecks: readonly ContractCheck[] = [
  {
    behaviour: 'status_words',
    trying: 'a submission nobody has opened',
    expected: '200 incomplete, finalized_at null',
    async observe(api) {
      const { id, token } = await added(api);
      const { status, body } = await api.call('GET', statusPath(id), { token });
      const finalized = body['finalized_at'];
      const seen = `${status} ${String(body['status'])}, finalized_at ${finalized === null ? 'null' : typeof finalized}`;
      return { seen, asExpected: seen === this.expected && body['id'] === id };
    },
  },
  {
    behaviour: 'status_unknown_id',
    trying: 'an id that was never added',
    expected: '404',
    async observe(api) {
      const token = await api.token('write.education');
      return expectStatus(404, await api.call('GET', statusPath(freshId()), { token }));
    },
  },
  {
    behaviour: 'status_unknown_id',
    trying: 'bulk: one known and one unknown id',
    expected: '200, 1 of 2',
    async observe(api) {
      const { id, token } = await added(api);
      const answer = await api.call('POST', bulkPath, { token, body: { ids: [id, freshId()] } });
      const seen = `${answer.status}, ${bulkItems(answer.body).length} of 2`;
      return { seen, asExpected: seen === this.expected };
    },
  },
  {
    behaviour: 'status_order',
    trying: 'bulk: three ids',
    expected: 'in the order asked',
    async observe(api) {
      const ids = [(await added(api)).id, (await added(api)).id, (await added(api)).id].reverse();
      const token = await api.token('write.education');
      const { body, status } = await api.call('POST', bulkPath, { token, body: { ids } });
      const got = bulkItems(body).map((item) => item['id']);
      const inOrder = got.length === ids.length && got.every((id, at) => id === ids[at]);
      return { seen: inOrder ? 'in the order asked' : `${status}, another order`, asExpected: inOrder };
    },
  },
  {
    behaviour: 'status_thirty',
    trying: 'bulk: 30 ids',
    expected: '200',
    async observe(api) {
      const token = await api.token('write.education');
      const ids = Array.from({ length: 30 }, freshId);
      return expectStatus(200, await api.call('POST', bulkPath, { token, body: { ids } }));
    },
  },
  {
    behaviour: 'status_thirty',
    trying: 'bulk: 31 ids',
    expected: 'refused (4xx)',
    async observe(api) {
      const token = await api.token('write.education');
      const ids = Array.from({ length: 31 }, freshId);
      return expectRefusal(await api.call('POST', bulkPath, { token, body: { ids } }));
    },
  },
  {
    behaviour: 'status_curl',
    trying: 'bulk: JSON sent as form-urlencoded, like the printed curl call',
    expected: '200',
    async observe(api) {
      const { id, token } = await added(api);
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      return expectStatus(200, await api.call('POST', bulkPath, { token, body: { ids: [id] }, headers }));
    },
  },
  {
    behaviour: 'status_scope',
    trying: 'the status of an education with a token for microcredentials',
    expected: '200',
    async observe(api) {
      const { id } = await added(api);
      const token = await api.token('write.microcredential');
      return expectStatus(200, await api.call('GET', statusPath(id), { token }));
    },
  },
];
