import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '@seek-pass-kit/sandbox';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { parse, stringify } from 'yaml';
import { expect, onTestFinished, test } from 'vitest';
import type { CheckResult, Finding } from '../src/checking-up/finding.ts';
import { sendTestMail } from '../src/checking-up/send-test-mail.ts';
import type { CommandContext } from '../src/command-context.ts';
import type { Config } from '../src/config/config-shape.ts';
import { readSettings } from '../src/config/settings.ts';
import { openEmbeddedPlace } from '../src/flow/embedded-place.ts';
import { freePort } from '../src/free-port.ts';
import { newSecrets, writeSettings } from '../src/setting-up/write-settings.ts';
import { settingsOf } from './issuer.ts';
import { seekPass, startSeekPass, temporaryFolder } from './seek-pass-process.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

interface Patient {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly port: number;
}

/** An issuer with settings, and no database yet. */
async function patient(options: SandboxOptions = {}): Promise<Patient> {
  const [folder, sandbox, port] = [await temporaryFolder(), await startSandbox(options), await freePort()];
  onTestFinished(() => sandbox.close());
  const { baseUrl, clientId, clientSecret, smtpPort } = sandbox;
  const config: Config = {
    environment: 'sandbox',
    baseUrl,
    clientId,
    claimBaseUrl: `http://127.0.0.1:${port}/claim`,
    brand: { name: 'Wattle Bay Institute' },
    store: { embedded: { folder: 'store' } },
    mail: {
      from: { address: 'credentials@example.edu' },
      smtp: { host: '127.0.0.1', port: smtpPort, security: 'none' },
    },
    serve: { port },
  };
  await writeSettings(join(folder, 'seek-pass.config.yaml'), {
    config,
    secrets: newSecrets(config, { clientSecret }),
  });
  return { folder, sandbox, port };
}

/** The same with a database of its own, as `init` makes it. */
async function patientWithDatabase(): Promise<Patient> {
  const [folder, sandbox, port] = [await temporaryFolder(), await startSandbox(), await freePort()];
  onTestFinished(() => sandbox.close());
  const init = await seekPass(['init', '--yes', '--claim-url', `http://127.0.0.1:${port}/claim`], {
    folder,
    settings: settingsOf(sandbox),
  });
  if (init.code !== 0) throw new Error(init.stderr);
  return { folder, sandbox, port };
}

type Changeable = { -readonly [Name in keyof Config]: Config[Name] };

async function change({ folder }: Patient, edit: (config: Changeable) => void): Promise<void> {
  const file = join(folder, 'seek-pass.config.yaml');
  const config = parse(await readFile(file, 'utf8')) as Config;
  edit(config);
  await writeFile(file, stringify(config));
}

async function doctor({ folder }: Pick<Patient, 'folder'>, settings: Record<string, string> = {}) {
  const { code, stdout, stderr } = await seekPass(['doctor', '--json'], { folder, settings });
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  const inArea = (area: Finding['area'], result: CheckResult) =>
    findings
      .filter((finding) => finding.area === area && finding.result === result)
      .map(({ found }) => found);
  return { code, stdout, findings, inArea };
}

test('a setup that works has no problem; its claim pages answer while they are served', async () => {
  const well = await patientWithDatabase();
  const stopped = await doctor(well);
  expect(stopped.code).toBe(0);
  expect(stopped.inArea('claim_pages', 'warning')).toHaveLength(1);

  const serving = startSeekPass(['serve', '--json'], { folder: well.folder, quiet: true });
  await serving.nextLine();
  const { code, findings, inArea } = await doctor(well);
  expect(code).toBe(0);
  expect(findings.filter(({ result }) => result === 'problem' || result === 'warning')).toEqual([]);
  expect(inArea('claim_pages', 'ok')).toHaveLength(2);
  expect(inArea('keys', 'ok')[0]).toContain('are those of this database');
  expect(await serving.stop('SIGTERM')).toBe(0);
});

test('webhooks and documents are looked at when they are configured', async () => {
  const well = await patientWithDatabase();
  await change(well, (config) => {
    Object.assign(config, { webhooks: {}, documents: { callers: ['127.0.0.1'] } });
  });
  const serving = startSeekPass(['serve', '--json'], { folder: well.folder, quiet: true });
  await serving.nextLine();
  const before = await doctor(well);
  expect(before.code).toBe(1);
  expect(before.inArea('webhooks', 'problem')[0]).toContain('SEEK Pass sends nothing to');
  expect(before.inArea('documents', 'ok')).toHaveLength(2);
  expect((await seekPass(['webhooks', 'create', '--json'], { folder: well.folder })).code).toBe(0);
  const after = await doctor(well);
  expect(after.code).toBe(0);
  expect(after.inArea('webhooks', 'ok')).toHaveLength(2);
  await serving.stop('SIGTERM');
});

test('no secret and no learner is in what it says, and nothing is sent', async () => {
  const well = await patient();
  const secrets = await readFile(join(well.folder, 'seek-pass.secrets.json'), 'utf8');
  const { stdout } = await doctor(well);
  for (const [secret] of secrets.matchAll(/(?<=")[\w.-]{20,}(?=")/g)) expect(stdout).not.toContain(secret);
  expect(well.sandbox.control.mails.list()).toEqual([]);
  expect(well.sandbox.control.submissions.list()).toEqual([]);
  const asked = well.sandbox.control.requests.list(1_000).map(({ url }) => url);
  // The last ones are the doctor's: tokens, and nothing else.
  expect(new Set(asked.slice(0, 8))).toEqual(new Set(['/api/partner/v1/oauth/token.json']));
});

test('a scope that SEEK Pass has not granted is named, the others are not', async () => {
  const { code, inArea } = await doctor(
    await patient({ scopes: ['write.education', 'write.microcredential'] }),
  );
  expect(code).toBe(1);
  const problems = inArea('seek_pass', 'problem');
  expect(problems).toHaveLength(6);
  expect(problems.join()).not.toMatch(/write\.(education|microcredential)/);
  expect(inArea('seek_pass', 'ok')[0]).toContain('can add education, microcredential.');
});

test('a clock that was moved is told, with the direction', async () => {
  const well = await patient();
  well.sandbox.control.clock.advance({ minutes: 11 });
  const { code, inArea } = await doctor(well);
  expect(code).toBe(0);
  expect(inArea('seek_pass', 'warning')[0]).toContain('11 min behind');
});

test('a SEEK Pass that does not answer, and a mail server that does not, are two problems; the rest is looked at', async () => {
  const ill = await patient();
  await ill.sandbox.close();
  const { code, inArea } = await doctor(ill);
  expect(code).toBe(1);
  expect(inArea('seek_pass', 'problem')).toEqual(['SEEK Pass does not answer.']);
  expect(inArea('mail', 'problem')).toHaveLength(1);
  expect(inArea('store', 'ok')).toHaveLength(1);
});

test('settings that are wrong, and secrets that others may read, are findings too', async () => {
  const ill = await patient();
  await chmod(join(ill.folder, 'seek-pass.secrets.json'), 0o644);
  const readable = await doctor(ill);
  expect(readable.code).toBe(1);
  expect(readable.inArea('settings', 'problem').join()).toContain('chmod 600');
  await change(ill, (config) => {
    Object.assign(config, { claimBaseURL: 'https://example.org' });
  });
  expect((await doctor(ill)).inArea('settings', 'problem').join()).toContain('claimBaseURL');
});

test('secrets of another database are a problem', async () => {
  // `init` has bound the database to its own.
  const ill = await patientWithDatabase();
  const file = join(ill.folder, 'seek-pass.secrets.json');
  const secrets = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const write = (changed: object) =>
    writeFile(file, JSON.stringify({ ...secrets, ...changed }), { mode: 0o600 });
  await write({ keyRing: JSON.parse(generateKeyRing()) as object });
  const otherRing = await doctor(ill);
  expect(otherRing.code).toBe(1);
  expect(otherRing.inArea('keys', 'problem').join()).toContain('another namespace');
  await write({ claimKey: generateClaimKey() });
  expect((await doctor(ill)).inArea('keys', 'problem').join()).toContain('The claim key is not the one');
  await write({});
  expect((await doctor(ill)).inArea('keys', 'ok').join()).toContain('are those of this database');
});

test('a PostgreSQL that runs is looked at and not changed; one that does not run is a problem', async () => {
  const { place, store } = await openEmbeddedPlace([join(await temporaryFolder(), 'store')]);
  onTestFinished(() => store.close());
  const cluster = join(place.folder, 'cluster');
  const password = (await readFile(join(cluster, 'password'), 'utf8')).trim();
  const url = `postgres://seek_pass:${password}@/postgres?host=${encodeURIComponent(cluster)}`;
  const well = await patient();
  await change(well, (config) => {
    config.store = { postgres: { schema: 'looked_at' } };
  });
  for (const _ of [1, 2]) {
    const { code, stdout, inArea } = await doctor(well, { SEEK_PASS_DATABASE_URL: url });
    expect(code).toBe(0);
    expect(inArea('store', 'warning')[0]).toMatch(/The schema lacks \d+ migrations/);
    expect(stdout).not.toContain(password);
  }
  const gone = await doctor(well, { SEEK_PASS_DATABASE_URL: 'postgres://u:hidden-word@127.0.0.1:1/none' });
  expect(gone.code).toBe(1);
  expect(gone.inArea('store', 'problem')).toEqual(['The database does not answer (ECONNREFUSED).']);
  expect(gone.stdout).not.toContain('hidden-word');
  const wrong = await doctor(well, { SEEK_PASS_DATABASE_URL: url.replace(password, 'hidden-word') });
  expect(wrong.inArea('store', 'problem')[0]).toContain('lets nobody in');
});

test('a mail server that refuses the log-in is told by its code, without the password', async () => {
  const server = createServer((socket) => {
    socket.write('220 double\r\n');
    socket.setEncoding('latin1').on('data', (line) => {
      if (/^EHLO/i.test(String(line))) socket.write('250-double\r\n250 AUTH PLAIN LOGIN\r\n');
      else socket.write(/^AUTH/i.test(String(line)) ? '535 5.7.8 no\r\n' : '221 bye\r\n');
    });
    socket.on('error', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const ill = await patient();
  await change(ill, (config) => {
    const { port } = server.address() as AddressInfo;
    config.mail = {
      from: { address: 'credentials@example.edu' },
      smtp: { host: '127.0.0.1', port, security: 'none', user: 'registrar' },
    };
  });
  const { code, stdout, inArea } = await doctor(ill, { SEEK_PASS_SMTP_PASSWORD: 'hidden-word' });
  expect(code).toBe(1);
  expect(inArea('mail', 'problem')).toEqual([
    'The mail server 127.0.0.1 refuses the log-in (EAUTH 535 5.7.8).',
  ]);
  expect(stdout).not.toContain('hidden-word');
});

test('a proxy that lets pages be cached, and a site that is not ours, are problems', async () => {
  const ill = await patientWithDatabase();
  const behind = await freePort();
  let isOurs = true;
  const proxy = createHttpServer((incoming, outgoing) => {
    if (!isOurs) return outgoing.end('<h1>Welcome to nginx!</h1>');
    const { method, headers } = incoming;
    return request(`http://127.0.0.1:${behind}${incoming.url}`, { method, headers }, (answer) => {
      const { 'cache-control': _, ...rest } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, rest);
      answer.pipe(outgoing);
    }).end();
  }).listen(ill.port, '127.0.0.1');
  onTestFinished(() => void proxy.close());
  await change(ill, (config) => {
    config.serve = { port: behind };
  });
  const serving = startSeekPass(['serve', '--json'], { folder: ill.folder, quiet: true });
  await serving.nextLine();
  const cached = await doctor(ill);
  expect(cached.inArea('claim_pages', 'problem')[0]).toContain('changes cache-control');
  isOurs = false;
  const foreign = await doctor(ill);
  expect(foreign.code).toBe(1);
  expect(foreign.inArea('claim_pages', 'problem')[0]).toContain(
    'not with the claim pages of this institution',
  );
  await serving.stop('SIGTERM');
});

test('a test mail needs a word; then one leaves, to the address that was given', async () => {
  const well = await patient();
  const unasked = await seekPass(['doctor', '--send-test-mail', 'staff@example.edu'], {
    folder: well.folder,
  });
  expect(unasked.code).toBe(3);
  expect(unasked.stderr).toContain('No mail was sent');
  expect(well.sandbox.control.mails.list()).toEqual([]);
  const sent = await seekPass(['doctor', '--send-test-mail', 'staff@example.edu', '--yes'], {
    folder: well.folder,
  });
  expect(sent.stdout).toContain('took the test mail');
  expect(well.sandbox.control.mails.list()).toMatchObject([{ to: ['staff@example.edu'] }]);
});

test('at a terminal the word is asked for, and no is no', async () => {
  const well = await patient();
  const asked: string[] = [];
  const context: CommandContext = {
    terminal: fakeTerminal().terminal,
    environment: {},
    questions: {
      text: () => Promise.reject(new Error('No text is needed.')),
      secret: () => Promise.reject(new Error('No secret is needed.')),
      choice: () => Promise.reject(new Error('Nothing is to be chosen.')),
      confirm: ({ message }) => Promise.resolve(asked.push(message) > 1),
    },
    who: 'cli:test',
    now: Date.now,
    stopped: () => new Promise(() => undefined),
  };
  const settings = await readSettings(join(well.folder, 'seek-pass.config.yaml'), context);
  const send = () => sendTestMail('staff@example.edu', settings, { yes: false }, context);
  await expect(send()).rejects.toMatchObject({ code: 'not_confirmed' });
  expect(await send()).toMatchObject({ result: 'ok' });
  expect(asked).toEqual(Array.from({ length: 2 }, () => 'Send one test mail to staff@example.edu?'));
  expect(well.sandbox.control.mails.list()).toHaveLength(1);
});

test('for people it is a list that says what to do, without colours in a pipe', async () => {
  const { folder } = await patient();
  const { stdout } = await seekPass(['doctor'], { folder });
  expect(stdout).toMatch(/^Settings\n {2}ok /);
  expect(stdout).toMatch(/No problem, 1 warning, 3 things to find out yourself\.\n$/);
  expect(stdout).not.toContain('\u001B');
});
