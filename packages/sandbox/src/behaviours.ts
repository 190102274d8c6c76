/**
 * One thing the sandbox does. `documented`: the SEEK Pass documentation says so, on the page with this title. `assumed`:
 * the documentation is silent or contradicts itself, and the sandbox had to choose.
 */
export type Behaviour = {
  /** Stable name; for an assumed one the name of the assumption. */
  readonly name: string;
  readonly area: BehaviourArea;
  /** What the sandbox does, in one sentence. */
  readonly does: string;
} & ({ readonly basis: 'documented'; readonly page: string } | { readonly basis: 'assumed' });

/** Parts of the API, in the order of the table. */
export const behaviourAreas = [
  'Tokens',
  'Add',
  'Links and wallet',
  'Batch and uploads',
  'Status',
  'Verify',
  'Webhooks',
  'Errors and HTTP',
] as const;

/** One of {@link behaviourAreas}. */
export type BehaviourArea = (typeof behaviourAreas)[number];

function documented(area: BehaviourArea, page: string, name: string, does: string): Behaviour {
  return { name, area, does, basis: 'documented', page };
}

function assumed(area: BehaviourArea, name: string, does: string): Behaviour {
  return { name, area, does, basis: 'assumed' };
}

const oauth = 'OAuth authentication';
const redirect = 'Redirect user';
const status = 'Check submission status';
const batchPage = 'Batch field descriptions';
const verify = 'Verify with SEEK Pass';
const hooks = 'Webhooks';

/** Everything the sandbox does that a partner can notice: the table of its documentation. */
export const behaviours: readonly Behaviour[] = [
  documented(
    'Tokens',
    oauth,
    'token_request',
    'Takes `client_credentials` token requests as form-urlencoded POST, with one or more scopes separated by spaces.',
  ),
  documented(
    'Tokens',
    oauth,
    'token_jwt',
    'Answers an `access_token` that is a JWT, HS512, with `iat` and `exp`; it works for v1 and v2 calls.',
  ),
  documented(
    'Tokens',
    oauth,
    'scope_of_add',
    'Each add needs the write scope of its type; `universal_credential` needs `write.universal`.',
  ),
  documented('Tokens', oauth, 'scope_of_batch', 'A batch needs every scope of the types inside.'),
  documented(
    'Tokens',
    verify,
    'scope_of_verify',
    'A verify request needs `write.digital_identity` and `read.digital_identity`.',
  ),
  assumed(
    'Tokens',
    'token_lifetime',
    'A token lives 3,600 seconds by the sandbox’s clock; the answer also has `token_type`, `expires_in` and `scope`.',
  ),
  assumed(
    'Tokens',
    'oauth_errors',
    'Refused token requests answer 400 (401 for a wrong client) with `error` and `error_description`; unknown or ungranted scopes are refused.',
  ),
  assumed('Tokens', 'status_scope', 'Status calls take any valid token of the client.'),
  assumed('Tokens', 'webhook_scope', 'Webhook calls take any valid token of the client.'),
  assumed('Tokens', 'verify_result_scope', 'The result of a verification needs `read.digital_identity`.'),

  documented('Add', redirect, 'add_created', 'An add answers 201 with `redirect_uri`.'),
  documented('Add', redirect, 'json_ampersand', 'JSON answers write `&` as `\\u0026`.'),
  documented(
    'Add',
    'The field descriptions of each type',
    'add_schema',
    'Required fields, formats, listed values and conditional fields are checked; a body that breaks them is refused.',
  ),
  documented(
    'Add',
    redirect,
    'same_id_in_window',
    'The same `id` within 48 hours answers the same `redirect_uri`, also after consent.',
  ),
  documented(
    'Add',
    redirect,
    'same_id_after_window',
    'After 48 hours the same `id` makes a new submission with a new content id and a new `redirect_uri`.',
  ),
  documented(
    'Add',
    'Universal credential field descriptions',
    'universal_v2_only',
    '`universal_credential` exists in v2 only.',
  ),
  assumed(
    'Add',
    'repeat_with_other_data',
    'The same `id` within 48 hours with other data keeps the first data; the control panel shows a warning.',
  ),
  assumed('Add', 'repeat_status', 'A repeated `id` answers 201, like the first time.'),
  assumed(
    'Add',
    'one_id_space',
    'The `id` of v1 and the `credential_id` of v2 are one set of ids per client, batches included.',
  ),
  assumed('Add', 'unknown_fields', 'Fields that the documentation does not name are refused.'),
  assumed(
    'Add',
    'open_cert_placeholder',
    'The placeholder `<OPEN_CERTS>` of the documented curl call is taken for an OpenCert.',
  ),
  assumed(
    'Add',
    'partner_chain_position',
    'v1 takes `partner_chain` only where the field page of the type prints it; for English that is inside `test_scores`.',
  ),
  assumed(
    'Add',
    'v1_paths',
    'The v1 path of a type is `/api/partner/v1/add/<credential_type>.json`; only education’s is spelled out.',
  ),
  assumed(
    'Add',
    'v2_paths',
    'Every type can be added in v2 at `/api/partner/v2/add/requests/<credential_type>` with `{ credential_id, fields, partner_chain?, assets? }`; printed for career history and universal only.',
  ),
  assumed('Add', 'v2_suffix', 'v2 add paths work with and without `.json`.'),

  documented(
    'Links and wallet',
    redirect,
    'redirect_form',
    'The link is `/partner/add/<type>#clientId=…&documentType=…&content=…` with the types `education`, `englishProficiency`, `microcredential`.',
  ),
  documented(
    'Links and wallet',
    redirect,
    'first_login_binds',
    'The first account that logs in through a link owns it, even before consent; everyone else gets an error page.',
  ),
  documented(
    'Links and wallet',
    redirect,
    'incomplete_expires',
    'An unfinished submission is deleted 48 hours after the add and its link stops working.',
  ),
  documented(
    'Links and wallet',
    redirect,
    'app_sign_in',
    'Documents are deleted when the learner does not sign in to the app within 48 hours of finishing; the status stays `verified`.',
  ),
  documented(
    'Links and wallet',
    redirect,
    'update_replaces',
    'A new version replaces the old one when the published fields are equal (education, English, microcredential); otherwise it is a second one.',
  ),
  assumed(
    'Links and wallet',
    'redirect_types',
    'The links of the other types use `digitalIdentity`, `rightToWork`, `careerHistory`, `universalCredential`.',
  ),
  assumed(
    'Links and wallet',
    'v2_document_type',
    'In a v2 link `documentType` is the type of the first asset, or `none`.',
  ),
  assumed(
    'Links and wallet',
    'update_undocumented_types',
    'For types without published fields a new one is always a second one; awaiting graduation to conferred is one too, because `conferral_year` differs.',
  ),
  assumed(
    'Links and wallet',
    'declined_is_final',
    'After a learner declined, the link shows so and cannot be used again.',
  ),
  assumed(
    'Links and wallet',
    'deleted_wallet_copy',
    'What is deleted for want of an app sign-in is the whole credential, fields and document.',
  ),
  assumed(
    'Links and wallet',
    'login_code',
    'The log-in code has 6 digits, lives 10 minutes, works once and dies after 5 wrong tries; a session lives 12 hours.',
  ),

  documented(
    'Batch and uploads',
    batchPage,
    'batch_link',
    'A batch is one link, `/partner/add/batch#clientId=…&content=…`, without `documentType`.',
  ),
  documented(
    'Batch and uploads',
    batchPage,
    'upload_without_token',
    'Files go up by PUT of raw bytes, without a bearer token, with the `Content-Type` the link was made for.',
  ),
  assumed(
    'Batch and uploads',
    'batch_any_mix',
    'A v2 batch takes any mix of its members, at least one entry.',
  ),
  assumed(
    'Batch and uploads',
    'batch_one_decision',
    'The learner accepts or declines a batch as a whole; its status is asked for by the batch’s own id.',
  ),
  assumed(
    'Batch and uploads',
    'upload_links',
    'Assets without `asset_data` get upload links: `assets: [{ asset_id, upload_url, content_type }]` beside `redirect_uri`.',
  ),
  assumed(
    'Batch and uploads',
    'upload_limits',
    'An upload link lives 48 hours and takes up to 20 MiB; a bearer token on it is refused.',
  ),

  documented(
    'Status',
    status,
    'status_words',
    'Statuses are `incomplete`, `verified`, `canceled`; `finalized_at` is null while incomplete.',
  ),
  documented('Status', status, 'status_thirty', 'Bulk status takes at most 30 ids.'),
  documented(
    'Status',
    status,
    'status_curl',
    'Bulk status reads its JSON body whatever the `Content-Type`: the documented curl call sends none of its own.',
  ),
  documented(
    'Status',
    redirect,
    'expired_reads_canceled',
    'An expired submission reads `canceled`, like one that was declined.',
  ),
  assumed(
    'Status',
    'expired_finalized_at',
    '`finalized_at` of an expired submission is the end of its 48 hours.',
  ),
  assumed(
    'Status',
    'status_unknown_id',
    'An unknown id answers 404 for single status and is left out of bulk status.',
  ),
  assumed('Status', 'status_order', 'Bulk status keeps the order of the ids and names a repeated id once.'),
  assumed('Status', 'status_newest', 'The status of an `id` is that of its newest submission.'),

  documented(
    'Verify',
    verify,
    'verify_schema',
    'A verify request takes the documented members; `display_options.partner_name` is required.',
  ),
  documented('Verify', verify, 'verify_request_id', 'Without `request_id` one is generated.'),
  assumed('Verify', 'verify_created', 'A verify request answers 201 with `request_id` and `redirect_uri`.'),
  assumed(
    'Verify',
    'verify_redirect',
    'The verify link is `/partner/verify/digitalIdentity#clientId=…&content=…`.',
  ),
  assumed('Verify', 'verify_repeat', 'The same `request_id` within 48 hours answers the same link.'),
  assumed('Verify', 'verify_binding', 'The first account that logs in through a verify link owns it.'),
  assumed('Verify', 'verify_expiry', 'An unfinished verification becomes `canceled` after 48 hours.'),
  assumed(
    'Verify',
    'verify_result',
    'The result is at `GET /api/partner/v2/verify/requests/<request_id>/status.json`: `{ request_id, status, finalized_at, credential: { credential_type, fields } | null }`.',
  ),
  assumed(
    'Verify',
    'callback_parameters',
    'The browser goes back to `callback_url` exactly as sent: nothing is added.',
  ),

  documented(
    'Webhooks',
    hooks,
    'webhook_event',
    'Events hold `event_id`, `request_id`, `type`, `created_at` and no personal data; they are sent for verifications that end, never for adds.',
  ),
  documented(
    'Webhooks',
    hooks,
    'webhook_signature',
    '`X-Signature` is the lower-case hex HMAC-SHA256 of `X-Timestamp`, a dot and the raw body, keyed with the secret as text.',
  ),
  documented(
    'Webhooks',
    hooks,
    'webhook_secret',
    'SEEK Pass makes the secret: 64 hex characters; rotation is a PUT and the new one signs at once.',
  ),
  assumed('Webhooks', 'canceled_event', 'A verification that is canceled sends `vwsp_request.canceled`.'),
  assumed(
    'Webhooks',
    'webhook_retries',
    'Any 2xx is success; otherwise five more attempts follow after 5 s, 30 s, 2 min, 10 min and 1 h by the sandbox’s clock, signed anew.',
  ),
  assumed(
    'Webhooks',
    'webhook_timeout',
    'A receiver has 10 seconds of real time; redirects are not followed.',
  ),
  assumed(
    'Webhooks',
    'webhook_update',
    'An update works at `/api/partner/v2/webhooks` with `id` in the body, as published, and at `/api/partner/v2/webhooks/<id>`.',
  ),
  assumed(
    'Webhooks',
    'webhook_secret_shown',
    'The secret is shown after creating and rotating, not when reading.',
  ),
  assumed('Webhooks', 'webhook_list', 'The list is `{ webhooks: [...] }`; deleting answers 204.'),
  assumed(
    'Webhooks',
    'webhook_http',
    'Plain `http` and addresses of this machine are allowed, because tests live there.',
  ),

  assumed(
    'Errors and HTTP',
    'error_bodies',
    'Errors are `{ error, message }`, for a body that breaks its schema with `problems: [{ path, message }]`.',
  ),
  assumed(
    'Errors and HTTP',
    'error_statuses',
    '400 malformed JSON, 401 token missing or dead, 403 scope missing, 404 unknown path or id, 405 method, 413 body over 2 MiB, 415 not JSON, 422 schema.',
  ),
  assumed('Errors and HTTP', 'date_header', 'The `Date` header follows the sandbox’s clock.'),
  assumed('Errors and HTTP', 'no_rate_limit', 'There is no rate limit; set a fault to get 429.'),
];
