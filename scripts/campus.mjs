/**
 * `npm run campus`: the example site of `examples/strapi-campus` on this machine, with the sandbox in the place of SEEK Pass. Installs and builds
 * what is missing, starts both, and ends both with Ctrl+C. What is stored stays in `.seek-pass/campus` for the next time; `-- --fresh` forgets it.
 */
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { root, run } from './set-up.mjs';
import { box, runTrial } from './trial.mjs';

const directory = join(root, 'examples/strapi-campus');
const email = 'staff@banksia.example';

const secret = () => randomBytes(24).toString('base64url');

function makeSecrets() {
  return {
    clientId: `sandbox-campus-${randomBytes(6).toString('hex')}`,
    clientSecret: randomBytes(32).toString('hex'),
    // Strapi wants a capital letter, a small one and a digit.
    password: `Aa1-${randomBytes(9).toString('base64url')}`,
    appKey: secret(),
    adminJwtSecret: secret(),
    apiTokenSalt: secret(),
    transferTokenSalt: secret(),
    jwtSecret: secret(),
    encryptionKey: randomBytes(32).toString('hex'),
  };
}

function command({ url, port, folder, sandbox, secrets }) {
  const strapi = createRequire(join(directory, 'package.json')).resolve('@strapi/strapi/package.json');
  return {
    cwd: directory,
    args: [join(strapi, '../bin/strapi.js'), 'start'],
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_FILENAME: join(folder, 'site.db'),
      APP_KEYS: secrets.appKey,
      ADMIN_JWT_SECRET: secrets.adminJwtSecret,
      API_TOKEN_SALT: secrets.apiTokenSalt,
      TRANSFER_TOKEN_SALT: secrets.transferTokenSalt,
      JWT_SECRET: secrets.jwtSecret,
      ENCRYPTION_KEY: secrets.encryptionKey,
      ADMIN_EMAIL: email,
      ADMIN_PASSWORD: secrets.password,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sandbox.smtpPort),
      SEEK_PASS_ENVIRONMENT: 'sandbox',
      SEEK_PASS_BASE_URL: sandbox.baseUrl,
      SEEK_PASS_CLIENT_ID: sandbox.clientId,
      SEEK_PASS_CLIENT_SECRET: sandbox.clientSecret,
      SEEK_PASS_KEY_FILE: join(folder, 'keys.json'),
      STRAPI_TELEMETRY_DISABLED: 'true',
    },
  };
}

function show({ url, sandbox, secrets, logFile }) {
  const lines = [
    `Administration  ${url}/admin`,
    `E-mail          ${email}`,
    `Password        ${secrets.password}`,
    '',
    `Wallet          ${sandbox.baseUrl}/wallet`,
    `Mail inbox      ${sandbox.inboxUrl}`,
    `Control panel   ${sandbox.controlUrl}`,
    `Log             ${relative(root, logFile)}`,
  ];
  console.log(box('The site of Banksia Skills is running', lines));
  console.log(`
Open a completion in the Content Manager and press "Issue to SEEK Pass". Then open the mail in the inbox, and be the learner.
Ctrl+C ends it. What you did stays for the next time; "npm run campus -- --fresh" forgets it.`);
}

await run(() =>
  runTrial({
    name: 'campus',
    usualPort: 4800,
    clientName: 'Banksia Skills',
    makeSecrets,
    command,
    healthPath: '/_health',
    show,
  }),
);
