import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { SeekPassError } from '@seek-pass-kit/core';
import type { AddFlow } from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import { configFileName } from '../config/config-file.ts';
import { type Config, configSchema } from '../config/config-shape.ts';
import { given } from '../config/given.ts';
import { problemSentences } from '../config/problems.ts';
import { secretsFileName } from '../config/secrets-file.ts';
import { placed, readSettings } from '../config/settings.ts';
import { doesNotRunHere, openEmbeddedPlace } from '../flow/embedded-place.ts';
import { withFlow } from '../flow/open-flow.ts';
import { type Answers, collectAnswers, type InitOptions } from './answers.ts';
import { newSecrets, refuseToOverwrite, writeSettings } from './write-settings.ts';

const embeddedFolder = '.seek-pass/store';

/** Asks what is needed, writes config and secrets, and checks them by starting with them. */
export async function runInit(options: InitOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const file = options.config ?? configFileName;
  refuseToOverwrite(file);
  const answers = await collectAnswers(options, context);
  const config = checkedConfig(file, configOf(answers, await storeOf(answers, file)));
  const { clientSecret } = answers;
  const secrets = newSecrets(config, {
    clientSecret,
    ...given({ databaseUrl: answers.databaseUrl, smtpPassword: answers.smtpPassword }),
  });
  const undo = await writeSettings(file, { config, secrets });
  let reached: boolean;
  try {
    reached = await withFlow(await readSettings(file, context), (flow) => signsIn(flow));
  } catch (error) {
    // So that the next try starts from nothing too.
    await undo();
    throw error;
  }
  const secretsFile = join(dirname(file), secretsFileName);
  if (options.json === true) {
    terminal.out(JSON.stringify({ config: file, secrets: secretsFile, seekPassAnswered: reached }));
    return;
  }
  const { bold, green, yellow } = terminal.colors;
  terminal.out(green('The settings are written, and the add flow starts with them.'));
  terminal.out(`  ${file}`);
  terminal.out(`  ${secretsFile}  ${bold('Back it up, and keep it out of version control.')}`);
  if (!reached) {
    terminal.out(yellow('SEEK Pass did not answer, so the client id and the secret are not checked yet.'));
  }
  terminal.out('');
  terminal.out('Next:');
  terminal.out('  seek-pass doctor                check what issuing depends on');
  terminal.out('  seek-pass award learners.csv    issue a file; a dry run comes first');
  terminal.out('  seek-pass serve                 claim pages and mails, until you stop it');
}

/** The embedded store is tried at once: what it needs on this machine goes into the config. */
async function storeOf({ store }: Answers, file: string): Promise<Config['store']> {
  if (store === 'postgres') return { postgres: {} };
  const opened = await openEmbeddedPlace([placed(dirname(file), embeddedFolder)]).catch((error: unknown) => {
    if (!doesNotRunHere(error)) throw error;
    throw new CommandError('wrong_setting', `store.embedded: ${error.message}`, { cause: error });
  });
  await opened.store.close();
  return { embedded: { ...opened.place, folder: embeddedFolder } };
}

function configOf(answers: Answers, store: Config['store']): unknown {
  const { environment, baseUrl, clientId, scopes, name, claimUrl, from, smtp } = answers;
  const claim = URL.canParse(claimUrl) ? new URL(claimUrl) : undefined;
  // Behind a proxy the port is another one.
  const port = claim?.protocol === 'http:' && claim.port !== '' ? Number(claim.port) : 8080;
  return {
    environment,
    ...given({ baseUrl }),
    clientId,
    ...given({ scopes }),
    claimBaseUrl: claimUrl,
    brand: { name },
    store,
    mail: { from: { name, address: from }, smtp },
    serve: { port },
  };
}

function checkedConfig(file: string, contents: unknown): Config {
  const checked = configSchema.safeParse(contents);
  if (checked.success) return checked.data;
  throw new CommandError('wrong_usage', problemSentences(file, contents, checked.error, false).join('\n'));
}

/**
 * Asks SEEK Pass for the status of a submission that there is not: what matters is whether it lets us in.
 *
 * @returns whether SEEK Pass answered at all.
 */
async function signsIn({ context }: AddFlow): Promise<boolean> {
  try {
    await context.seekPass.statuses([randomUUID()], { deadlineMs: 10_000 });
    return true;
  } catch (error) {
    if (!SeekPassError.is(error)) throw error;
    if (error.code === 'authentication_failed') {
      throw new CommandError('refused_by_seek_pass', `${error.message} Nothing was written.`, {
        cause: error,
      });
    }
    return error.status !== undefined;
  }
}
