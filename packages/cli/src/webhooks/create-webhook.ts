import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { inSeekPassTerms } from './in-seek-pass-terms.ts';
import type { WebhooksOptions } from './list-webhooks.ts';
import { receiverUrlOf, withInbox } from './open-inbox.ts';
import { rotateNow, tellRotation } from './rotate-webhook.ts';

/** Options of `seek-pass webhooks create`. */
export interface CreateWebhookOptions extends WebhooksOptions {
  readonly name?: string;
  readonly rotate?: true;
}

/** Has SEEK Pass send to the receiver of the config, and keeps the secret. */
export async function createWebhook(
  options: CreateWebhookOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, who } = context;
  const settings = await readSettings(options.config, context);
  if (settings.config.webhooks === undefined) {
    throw new CommandError(
      'wrong_setting',
      `${settings.file}: webhooks is missing, and "seek-pass serve" would receive nothing: add a line webhooks: {}.`,
    );
  }
  const url = receiverUrlOf(settings.config);
  return withInbox(settings, async (inbox) => {
    const { name } = options;
    const { outcome, endpointId } = await inSeekPassTerms(
      inbox.createEndpoint({ who, ...(name === undefined ? {} : { name }) }),
    );
    const tell = (said: string, code: ExitCode): ExitCode => {
      if (options.json === true) terminal.out(JSON.stringify({ outcome, endpointId, url }));
      else terminal.out(said);
      return code;
    };
    if (outcome === 'created') {
      return tell(
        terminal.colors.green(`SEEK Pass sends to ${url} now. Its secret is stored.`),
        exitCodes.ok,
      );
    }
    if (outcome === 'known') return tell(`SEEK Pass sends to ${url} already.`, exitCodes.ok);
    if (await wantsRotation(options, url, context)) {
      return tellRotation(await rotateNow(inbox, context), options, context);
    }
    return tell(
      `SEEK Pass has a webhook for ${url}, and its secret is not known here. Nothing was changed.`,
      exitCodes.wordNeeded,
    );
  });
}

/** Another system may hold the secret: rotating it would silence that one. */
async function wantsRotation(
  { rotate, json }: CreateWebhookOptions,
  url: string,
  { terminal, questions }: CommandContext,
): Promise<boolean> {
  if (rotate === true) return true;
  if (json === true || questions === undefined) {
    terminal.note('To give it a new secret, which ends the one that another system may hold, say --rotate.');
    return false;
  }
  terminal.note(`SEEK Pass has a webhook for ${url}, and its secret is not known here.`);
  return questions.confirm({ message: 'Give it a new secret? The one that another system may hold ends' });
}
