import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { freshSandbox } from './partner.ts';
import { careerFields, universalFields } from './payloads.ts';

/** The calls as they stand in the SEEK Pass documentation, in a shell. */
const run = promisify(execFile);
const shell = (script: string, env: Record<string, string>) =>
  run('sh', ['-c', script], { env: { ...process.env, ...env, NO_PROXY: '*', no_proxy: '*' } });

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl)
  console.warn('curl is not installed, its tests are skipped: install it with "apt-get install curl".');

const token = `curl -s -L $SEEK_PASS_URL/api/partner/v1/oauth/token.json \
-H 'Content-Type: application/x-www-form-urlencoded' \
-H 'Accept: application/json' \
--data-urlencode 'grant_type=client_credentials' \
--data-urlencode "client_id=$CLIENT_ID" \
--data-urlencode "client_secret=$CLIENT_SECRET" \
--data-urlencode "scope=write.education write.career_history write.universal"`;

const add = `export CREDENTIAL_TYPE=education
export PAYLOAD='{
  "id": "seek-pass-test-a9a4839f-53d9-4064-8b0b-1348113a33f8",
  "document_type": "open_cert",
  "credential_type": "education",
  "data": {
    "credential": {
      "full_name": "John Smith",
      "education_provider": "University of Melbourne",
      "course_name": "Bachelor of Commerce",
      "conferral_year": "2024",
      "has_majors": true,
      "majors": ["Finance"],
      "with_honours": true
    },
    "document": "<OPEN_CERTS>"
  }
}'

curl -s -L $SEEK_PASS_URL/api/partner/v1/add/$CREDENTIAL_TYPE.json \
-H 'Content-Type: application/json' \
-H "Authorization: Bearer $ACCESS_TOKEN" \
--data "$PAYLOAD"`;

const id = 'seek-pass-test-a9a4839f-53d9-4064-8b0b-1348113a33f8';

test.runIf(hasCurl)('token, add, single and bulk status typed with curl as documented', async () => {
  const sandbox = await freshSandbox();
  const env = {
    SEEK_PASS_URL: sandbox.baseUrl,
    CLIENT_ID: sandbox.clientId,
    CLIENT_SECRET: sandbox.clientSecret,
  };
  const ACCESS_TOKEN = JSON.parse((await shell(token, env)).stdout).access_token;
  const withToken = { ...env, ACCESS_TOKEN };
  const added = (await shell(add, withToken)).stdout;
  expect(added).toContain(String.raw`\u0026documentType=open_cert\u0026content=`);
  expect(JSON.parse(added).redirect_uri).toContain('/partner/add/education#clientId=');

  const single = `curl -s -L $SEEK_PASS_URL/api/partner/v1/submissions/${id}/status.json -H "Authorization: Bearer $ACCESS_TOKEN"`;
  expect(JSON.parse((await shell(single, withToken)).stdout)).toEqual({
    id,
    status: 'incomplete',
    finalized_at: null,
  });

  // No Content-Type: curl then says form-urlencoded.
  const bulk = `curl -s -L $SEEK_PASS_URL/api/partner/v1/submissions/status.json -H "Authorization: Bearer $ACCESS_TOKEN" --data '{"ids":["${id}"]}'`;
  expect(JSON.parse((await shell(bulk, withToken)).stdout).credentials).toHaveLength(1);
});

test.runIf(hasCurl).each([
  ['career_history', careerFields],
  ['universal_credential.json', universalFields],
  ['universal_credential', universalFields],
])('v2 add of %s typed with curl', async (path, fields) => {
  const sandbox = await freshSandbox();
  const env = {
    SEEK_PASS_URL: sandbox.baseUrl,
    CLIENT_ID: sandbox.clientId,
    CLIENT_SECRET: sandbox.clientSecret,
  };
  const ACCESS_TOKEN = JSON.parse((await shell(token, env)).stdout).access_token;
  const call = `curl -s -L -X POST $SEEK_PASS_URL/api/partner/v2/add/requests/${path} -H 'Content-Type: application/json' -H "Authorization: Bearer $ACCESS_TOKEN" -d "$PAYLOAD"`;
  const PAYLOAD = JSON.stringify({ credential_id: '1', fields });
  const answer = await shell(call, { ...env, ACCESS_TOKEN, PAYLOAD });
  expect(JSON.parse(answer.stdout).redirect_uri).toContain('#clientId=');
});
