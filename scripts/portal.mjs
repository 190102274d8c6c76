/**
 * `npm run portal`: the example portal of `examples/nestjs-portal` on this machine, with the sandbox in the place of SEEK Pass. Installs and builds
 * what is missing, starts both, and ends both with Ctrl+C. What is stored stays in `.seek-pass/portal` for the next time; `-- --fresh` forgets it.
 */
import { randomBytes } from 'node:crypto';
import { join, relative } from 'node:path';
import { root, run } from './set-up.mjs';
import { box, built, runTrial } from './trial.mjs';

async function makeSecrets() {
  const { createNamespace } = await built('packages/core/dist/index.mjs');
  const { generateClaimKey, generateKeyRing } = await built('packages/flows/dist/index.mjs');
  const clientId = `sandbox-portal-${randomBytes(6).toString('hex')}`;
  return {
    clientId,
    clientSecret: randomBytes(32).toString('hex'),
    keyRing: generateKeyRing(),
    claimKey: generateClaimKey(),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    sessionKey: randomBytes(32).toString('base64url'),
  };
}

function command({ url, folder, sandbox, secrets }) {
  return {
    cwd: folder,
    args: ['--enable-source-maps', join(root, 'examples/nestjs-portal/dist/main.mjs')],
    env: {
      EMBEDDED_FOLDER: join(folder, 'postgres'),
      ...process.env,
      PORTAL_URL: url,
      SESSION_KEY: secrets.sessionKey,
      SEEK_PASS_ENVIRONMENT: 'sandbox',
      SEEK_PASS_BASE_URL: sandbox.baseUrl,
      SEEK_PASS_CLIENT_ID: sandbox.clientId,
      SEEK_PASS_CLIENT_SECRET: sandbox.clientSecret,
      SEEK_PASS_KEY_RING: secrets.keyRing,
      SEEK_PASS_CLAIM_KEY: secrets.claimKey,
      SEEK_PASS_NAMESPACE: secrets.namespace,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sandbox.smtpPort),
      SMTP_FROM: 'registry@wattlebay.example',
    },
  };
}

function show({ url, sandbox, logFile }) {
  const lines = [
    `Portal         ${url}`,
    `Wallet         ${sandbox.baseUrl}/wallet`,
    `Mail inbox     ${sandbox.inboxUrl}`,
    `Control panel  ${sandbox.controlUrl}`,
    '',
    `Students       ${url}/sign-in`,
    `Staff          ${url}/staff/sign-in`,
    `Log            ${relative(root, logFile)}`,
  ];
  console.log(box('The portal is running', lines));
  console.log(`
Be a student: sign in as Suharto (there is no password), press "Add to SEEK Pass", and choose Suharto in the wallet.
Be staff: sign in, issue a credential, withdraw it, verify an identity.
Ctrl+C ends it. What you did stays for the next time; "npm run portal -- --fresh" forgets it.`);
}

await run(() =>
  runTrial({
    name: 'portal',
    usualPort: 4790,
    clientName: 'Wattle Bay University',
    makeSecrets,
    command,
    healthPath: '/health',
    show,
  }),
);
