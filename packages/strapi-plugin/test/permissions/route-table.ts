import type { PermissionName } from '../../contract/permissions.ts';
import type { PlantedSite } from './planted-site.ts';

/** What a route answers to somebody who has every permission that it needs. */
interface RouteRight {
  /** Every one of these; `any`: whichever. */
  readonly needs: readonly PermissionName[] | 'any';
  /** A request that changes nothing of what other requests ask about. */
  readonly ask?: (planted: PlantedSite) => {
    readonly path?: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  /** Status of that request when whoever asks may read every entry. A request that is not right, or too late, is refused after the permissions. */
  readonly readable: number;
  /** When they may read entries of this kind, but not this one. Default: as if they may. */
  readonly others?: number;
  /** When they may read nothing of this kind. Default: as `others`. */
  readonly nothing?: number;
}

const entry = { query: (planted: PlantedSite) => ({ ...planted.place }) };
const mapping = 'short-course';
const wrong = { body: { unknown: 1 } };

/** Every route of the administration, by method and path: what it needs, and what it answers. */
export const routeTable: Readonly<Record<string, RouteRight>> = {
  'GET /state': { needs: 'any', readable: 200 },

  'GET /settings': { needs: ['settings'], readable: 200 },
  'PUT /settings': { needs: ['settings'], ask: () => wrong, readable: 400 },
  'POST /settings/test': { needs: ['settings'], readable: 200 },
  'POST /issuing/stop': { needs: ['settings'], ask: () => wrong, readable: 400 },
  'POST /issuing/resume': { needs: ['settings'], ask: () => wrong, readable: 400 },

  'GET /mapped-content-types': { needs: ['read'], readable: 200 },
  'GET /entries/awards': {
    needs: ['read'],
    ask: (planted) => ({ query: entry.query(planted) }),
    readable: 200,
    others: 403,
  },
  'POST /entries/states': {
    needs: ['read'],
    ask: ({ place: { contentType, documentId } }) => ({ body: { contentType, documentIds: [documentId] } }),
    readable: 200,
  },
  'GET /entries/preview': {
    needs: ['issue'],
    ask: (planted) => ({ query: { ...entry.query(planted), mapping } }),
    readable: 200,
    others: 403,
  },
  'POST /entries/issue': {
    needs: ['issue'],
    ask: ({ place }) => ({ body: { ...place, mapping, seen: 'something else' } }),
    readable: 400,
    others: 403,
  },
  'POST /entries/resend': {
    needs: ['issue'],
    ask: ({ place }) => ({ body: { ...place, mapping } }),
    readable: 200,
    others: 403,
  },
  'POST /entries/link': {
    needs: ['copy-link'],
    ask: ({ place }) => ({ body: { ...place, mapping } }),
    readable: 200,
    others: 403,
  },
  'POST /entries/withdraw': {
    needs: ['withdraw'],
    ask: ({ withdrawn: { place } }) => ({ body: { ...place, mapping, reason: 'issued_in_error' } }),
    readable: 200,
    others: 403,
  },

  'GET /runs': { needs: ['bulk-issue'], readable: 200 },
  'POST /runs': {
    needs: ['bulk-issue'],
    ask: ({ place: { contentType, documentId } }) => ({
      body: { source: 'ticked', contentType, mapping, documentIds: [documentId] },
    }),
    readable: 201,
    nothing: 403,
  },
  'GET /run-mappings': {
    needs: ['bulk-issue'],
    ask: ({ place: { contentType } }) => ({ query: { contentType } }),
    readable: 200,
  },
  'GET /runs/:id': { needs: ['bulk-issue'], ask: ofRun(), readable: 200, nothing: 404 },
  'GET /runs/:id/rows': { needs: ['bulk-issue'], ask: ofRun('/rows'), readable: 200, nothing: 404 },
  'GET /runs/:id/results': {
    needs: ['bulk-issue', 'export'],
    ask: ofRun('/results'),
    readable: 200,
    nothing: 404,
  },
  'POST /runs/:id/confirm': {
    needs: ['bulk-issue'],
    ask: ofRun('/confirm', { awards: 9_999 }),
    readable: 400,
    nothing: 404,
  },
  'POST /runs/:id/resume': { needs: ['bulk-issue'], ask: ofRun('/resume'), readable: 400, nothing: 404 },
  'POST /runs/:id/cancel': {
    needs: ['bulk-issue'],
    ask: ({ endedRun }) => ({ path: `/runs/${endedRun}/cancel` }),
    readable: 400,
    nothing: 404,
  },
  'POST /runs/:id/retry': { needs: ['bulk-issue'], ask: ofRun('/retry'), readable: 400, nothing: 404 },

  'POST /imports': { needs: ['bulk-issue'], readable: 201 },
  'POST /imports/yaml': { needs: ['bulk-issue'], ask: () => wrong, readable: 400 },
  'POST /imports/:id/parts': {
    needs: ['bulk-issue'],
    ask: () => ({ path: '/imports/none/parts', body: { number: 1, data: 'QUJD' } }),
    readable: 404,
  },
  'POST /imports/:id/columns': {
    needs: ['bulk-issue'],
    ask: () => ({ path: '/imports/none/columns', body: { type: 'microcredential' } }),
    readable: 404,
  },
  'DELETE /imports/:id': { needs: ['bulk-issue'], ask: () => ({ path: '/imports/none' }), readable: 404 },

  'GET /issuances': { needs: ['read'], readable: 200 },
  'POST /issuances/search': {
    needs: ['read'],
    ask: ({ person }) => ({ body: { text: person.email } }),
    readable: 200,
  },
  'GET /issuances/counts': { needs: ['read'], readable: 200 },
  'GET /issuances/summary': { needs: ['read'], readable: 200 },
  'GET /issuances/filters': { needs: ['read'], readable: 200 },
  'GET /issuances/export': { needs: ['read', 'export'], readable: 200 },
  'GET /issuances/:id': { needs: ['read'], ask: ofAward(), readable: 200, others: 404 },
  'POST /issuances/:id/resend': {
    needs: ['read', 'issue'],
    ask: ofAward('/resend'),
    readable: 200,
    others: 404,
  },
  'POST /issuances/:id/allow-mail': {
    needs: ['read', 'issue'],
    ask: ofAward('/allow-mail'),
    readable: 200,
    others: 404,
  },
  'POST /issuances/:id/withdraw': {
    needs: ['read', 'withdraw'],
    ask: ({ withdrawn }) => ({
      path: `/issuances/${withdrawn.awardId}/withdraw`,
      body: { reason: 'issued_in_error' },
    }),
    readable: 200,
    others: 404,
  },

  'GET /audit/verdict': { needs: ['settings'], readable: 200 },
  'GET /erasures': { needs: ['settings'], readable: 200 },
  'POST /erasures': {
    needs: ['settings', 'personal-data'],
    ask: ({ person }) => ({
      body: { of: { email: person.email }, reason: 'asked_by_person', dryRun: true },
    }),
    readable: 200,
  },

  'GET /automation': { needs: ['settings'], readable: 200 },
  'PUT /automation': { needs: ['settings'], ask: () => wrong, readable: 400 },
  'POST /automation/preview': {
    needs: ['settings'],
    ask: () => ({ body: { mapping, rule: { enabled: true, moment: { on: 'published' } } } }),
    readable: 200,
    others: 403,
  },
  'GET /approvals': { needs: ['issue'], readable: 200 },
  'POST /approvals/dismiss': {
    needs: ['issue'],
    ask: ({ place }) => ({ body: { ...place, mapping } }),
    readable: 404,
    others: 403,
  },

  'GET /mappings': { needs: ['settings'], readable: 200 },
  'POST /mappings': { needs: ['settings'], ask: () => wrong, readable: 400 },
  'PUT /mappings/:name': {
    needs: ['settings'],
    ask: () => ({ path: '/mappings/none', ...wrong }),
    readable: 400,
  },
  'POST /mappings/:name/switch': {
    needs: ['settings'],
    ask: () => ({ path: '/mappings/none/switch', body: { enabled: false, revision: 1 } }),
    readable: 404,
  },
  'DELETE /mappings/:name': {
    needs: ['settings'],
    ask: () => ({ path: '/mappings/none', query: { revision: '1' } }),
    readable: 404,
  },
  'GET /mappings/:name/file': {
    needs: ['settings'],
    ask: () => ({ path: `/mappings/${mapping}/file` }),
    readable: 200,
  },
  'GET /mapping-choices': { needs: ['settings'], readable: 200 },
  'GET /mapping-fields': {
    needs: ['settings'],
    ask: ({ place: { contentType } }) => ({ query: { contentType } }),
    readable: 200,
  },
  'GET /mapping-entries': {
    needs: ['settings'],
    ask: ({ place: { contentType } }) => ({ query: { contentType } }),
    readable: 200,
    nothing: 403,
  },
  'GET /mapping-guess': {
    needs: ['settings'],
    ask: ({ place: { contentType } }) => ({ query: { contentType, credentialType: 'microcredential' } }),
    readable: 200,
  },
  'POST /mapping-trial': {
    needs: ['settings'],
    ask: ({ place: { documentId }, mapping: tried }) => ({ body: { mapping: tried, entry: { documentId } } }),
    readable: 200,
    others: 403,
  },
};

function ofRun(end = '', body?: unknown): NonNullable<RouteRight['ask']> {
  return ({ waitingRun }) => ({ path: `/runs/${waitingRun}${end}`, body });
}

function ofAward(end = ''): NonNullable<RouteRight['ask']> {
  return ({ awardId }) => ({ path: `/issuances/${awardId}${end}` });
}
