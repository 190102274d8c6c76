import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { given } from '../config/given.ts';
import { secretSettings, secretsFileName } from '../config/secrets-file.ts';
import { placed, type Settings } from '../config/settings.ts';
import { inTermsOfFiles, openFlow } from '../flow/open-flow.ts';
import { adviceOnBackups, judgeKeyRing } from './advice.ts';
import { type Judgement, notChecked, ok, problem, warning } from './finding.ts';
import { judgeDisk } from './judge-machine.ts';
import { judgePostgres } from './judge-store.ts';
import { lookAtWebhooks } from './look-at-webhooks.ts';

/** What was found of the database, and of what is in it. */
export interface StoreFindings {
  readonly store: readonly Judgement[];
  readonly keys: readonly Judgement[];
  readonly webhooks: readonly Judgement[];
}

/** Looks at the database and changes nothing in it. Through the settings it is opened only when its schema is up to date. */
export async function lookAtStore(settings: Settings): Promise<StoreFindings> {
  const { embedded } = settings.config.store;
  const store =
    embedded === undefined ? await lookAtPostgres(settings) : await lookAtEmbedded(settings, embedded);
  const webhooks = withoutWebhooks(settings) ?? [notChecked('The webhooks were not looked at.', afterwards)];
  const notOpened = { store: store.found, webhooks };
  if (!store.ready) {
    const keys = [
      notChecked('The secrets were not compared with the database.', afterwards),
      adviceOnBackups,
    ];
    return { ...notOpened, keys };
  }
  try {
    return { store: store.found, ...(await lookInside(settings)) };
  } catch (error) {
    const trouble = troubleOf(inTermsOfFiles(error, settings), settings);
    return { ...notOpened, keys: [trouble, adviceOnBackups] };
  }
}

/** What there is to say where no webhooks are configured; `undefined` where some are. */
function withoutWebhooks({ config }: Settings): Judgement[] | undefined {
  if (config.webhooks !== undefined) return undefined;
  return config.verify === undefined
    ? []
    : [ok('Verifications are followed by polling: no webhooks are configured.')];
}

const afterwards = 'Mend what is said of the store first, or start "seek-pass serve" once.';

/** Whether the secrets are those of the database, and what the database knows of webhooks. */
async function lookInside(settings: Settings): Promise<Omit<StoreFindings, 'store'>> {
  const opened = await openFlow(settings, { reconnectForMs: 5_000, onlyLook: true });
  try {
    const { flow, store, keys } = opened;
    const found = await flow.checkStart();
    const counts = await store.read.countByKey(settings.config.issuer ?? 'default');
    return {
      keys: [
        ok(
          found === 'bound'
            ? 'Namespace, claim key and key ring are those of this database.'
            : 'The secrets are whole; the first start will bind this database to them.',
        ),
        judgeKeyRing(keys.currentKeyId, counts),
        adviceOnBackups,
      ],
      webhooks: withoutWebhooks(settings) ?? (await lookAtWebhooks(opened, settings)),
    };
  } finally {
    await opened.close();
  }
}

function troubleOf(error: unknown, { config }: Settings): Judgement {
  if (!(error instanceof CommandError)) throw error;
  if (config.store.embedded !== undefined && /lacks \d+ migration/.test(error.message)) {
    const remedy = 'The next start brings it up to date.';
    return warning('The embedded database is of an older version of seek-pass.', remedy);
  }
  return problem(...sentencesOf(error.message));
}

interface Look {
  readonly found: readonly Judgement[];
  /** Whether it can be opened without changing it. */
  readonly ready: boolean;
}

async function lookAtPostgres({ config, secrets }: Settings): Promise<Look> {
  const { schema, migrations = 'apply' } = config.store.postgres ?? {};
  const { databaseUrl } = secrets;
  if (databaseUrl === undefined) {
    const remedy = `Set ${secretSettings.databaseUrl}, or databaseUrl in ${secretsFileName}.`;
    return { found: [problem('The address of the database is missing.', remedy)], ready: false };
  }
  const { inspectPostgres } = await import('@seek-pass-kit/flows/postgres');
  try {
    const state = await inspectPostgres({
      connectionString: databaseUrl,
      ...(schema === undefined ? {} : { schema }),
    });
    return { found: judgePostgres(state, migrations), ready: state.missingMigrations === 0 };
  } catch (error) {
    return { found: [notReached(error)], ready: false };
  }
}

/** Of what a driver says only its code: its message may quote the address. */
function notReached(error: unknown): Judgement {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  // Codes of PostgreSQL that are about who is let in: https://www.postgresql.org/docs/current/errcodes-appendix.html
  return /^(28|3D)/.test(code)
    ? problem(
        `The database lets nobody in with this address (${code}).`,
        'Correct user, password and name of the database in databaseUrl.',
      )
    : problem(
        `The database does not answer (${code}).`,
        'See that it runs, and that host, port and firewall let this machine reach it.',
      );
}

async function lookAtEmbedded(
  { folder, config }: Settings,
  {
    folder: named,
    acceptOneMachineWithoutBackup,
  }: { readonly folder: string; readonly acceptOneMachineWithoutBackup?: true },
): Promise<Look> {
  const place = placed(folder, named);
  const disk = await diskOf(place);
  const { embeddedIsAllowed } = await import('@seek-pass-kit/flows/embedded');
  if (!embeddedIsAllowed({ environment: config.environment, ...given({ acceptOneMachineWithoutBackup }) })) {
    const remedy =
      'Use store.postgres, or set store.embedded.acceptOneMachineWithoutBackup if the awards may be lost.';
    return {
      found: [problem('The embedded store is for trials, and environment is production.', remedy), disk],
      ready: false,
    };
  }
  if (!existsSync(join(place, 'cluster'))) {
    return {
      found: [notChecked('The embedded database is not there yet: the first start makes it.'), disk],
      ready: false,
    };
  }
  return { found: [ok('The embedded database is there.'), disk], ready: true };
}

/** Of the nearest folder that exists. */
async function diskOf(path: string): Promise<Judgement> {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  const { bavail, bsize } = await statfs(at);
  return judgeDisk(bavail * bsize);
}

/** Errors of settings say first what is wrong and then how to mend it, as a sentence of its own or behind a colon. */
function sentencesOf(message: string): [found: string, remedy: string] {
  const end = message.indexOf('. ');
  if (end >= 0) return [message.slice(0, end + 1), message.slice(end + 2)];
  // The first colon stands behind the name of the file.
  const colon = message.indexOf(': ', message.indexOf(': ') + 1);
  if (colon < 0) return [message, 'Correct it, and run the doctor again.'];
  return [`${message.slice(0, colon)}.`, capital(message.slice(colon + 2))];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
