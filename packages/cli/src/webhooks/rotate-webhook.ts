import type { Inbox, RotationResult } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { confirmByTyping } from '../confirm-by-typing.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { inSeekPassTerms } from './in-seek-pass-terms.ts';
import type { WebhooksOptions } from './list-webhooks.ts';
import { receiverUrlOf, withInbox } from './open-inbox.ts';

/** Options of `seek-pass webhooks rotate`. */
export interface RotateWebhookOptions extends WebhooksOptions {
  readonly yes?: true;
}

/** Rotates the secret of the receiver's webhook after a person typed a word, or a script said `--yes`. */
export async function rotateWebhook(
  options: RotateWebhookOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const settings = await readSettings(options.config, context);
  await confirm(receiverUrlOf(settings.config), options, context);
  return withInbox(settings, async (inbox) =>
    tellRotation(await rotateNow(inbox, context), options, context),
  );
}

/** Rotates, and says why that takes a moment. */
export async function rotateNow(inbox: Inbox, { terminal, who }: CommandContext): Promise<RotationResult> {
  terminal.note(
    terminal.noteColors.dim('Every receiver learns of it first: this takes about a quarter of a minute.'),
  );
  return inSeekPassTerms(inbox.rotateSecret({ who }));
}

/** Says how a rotation ended. */
export function tellRotation(
  result: RotationResult,
  { json }: WebhooksOptions,
  { terminal }: CommandContext,
): ExitCode {
  const { out, colors } = terminal;
  const code = result.outcome === 'rotated' ? exitCodes.ok : exitCodes.problemsFound;
  if (json === true) {
    out(JSON.stringify(result));
    return code;
  }
  switch (result.outcome) {
    case 'rotated':
      out(colors.green('The webhook has a new secret, and it is stored.'));
      out('The former one is accepted for 15 minutes. "seek-pass serve" asks about open verifications now.');
      return code;
    case 'under_way':
      out(
        colors.yellow(
          'SEEK Pass has not answered yet. "seek-pass serve" goes on with it: look with seek-pass webhooks list.',
        ),
      );
      return code;
    case 'refused':
      out(
        colors.red(
          'SEEK Pass refused it, and the secret is what it was. seek-pass audit show --about webhook:<id> says why.',
        ),
      );
      return code;
    case 'no_endpoint':
      out(colors.red('SEEK Pass has no webhook for this receiver. Run: seek-pass webhooks create'));
      return code;
  }
}

/** Also at a terminal: the address of the receiver may be that of another environment than the person thinks. */
function confirm(url: string, options: RotateWebhookOptions, context: CommandContext): Promise<void> {
  const toBeTyped = {
    text: 'rotate',
    name: 'the word',
    question: 'Type "rotate" to do it',
    nothingDone: 'Nothing was rotated',
    tell: () =>
      context.terminal.note(`The secret of ${url} is to be replaced. Events go on coming in meanwhile.`),
  };
  return confirmByTyping(toBeTyped, options, context);
}
