import { qrText, type VerificationStatus, type VerifyFlow } from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import { given } from '../config/given.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { followVerification } from './follow-verification.ts';
import { withVerifyFlow } from './open-verify.ts';
import { readExpected } from './read-expected.ts';
import { verificationJson, verificationLine } from './verification-lines.ts';

/** Options of `seek-pass verify`. */
export interface VerifyOptions {
  readonly config?: string;
  readonly reference?: string;
  readonly subject?: string;
  /** `false`: `--no-wait`. */
  readonly wait: boolean;
  readonly json?: true;
}

/** Makes a link that verifies one person, or takes up one that was made, and follows it to its end. */
export async function runVerify(
  verificationId: string | undefined,
  options: VerifyOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal } = context;
  const settings = await readSettings(options.config, context);
  return withVerifyFlow(settings, async (flow) => {
    const id = verificationId ?? (await makeLink(flow, options, context));
    const status = await flow.status(id);
    if (status === undefined) {
      throw new CommandError(
        'unknown_verification',
        'There is no verification with this id: copy all of it.',
      );
    }
    const shown = (one: VerificationStatus) => {
      if (options.json === true) terminal.out(verificationJson(one));
      else terminal.note(verificationLine(one, terminal));
    };
    if (!options.wait) {
      if (verificationId !== undefined) shown(status);
      return codeOf(status, verificationId === undefined);
    }
    const ended = await followVerification(flow, status, context, shown);
    return codeOf(ended, false);
  });
}

async function makeLink(
  flow: VerifyFlow,
  { reference, subject, json }: VerifyOptions,
  context: CommandContext,
): Promise<string> {
  const { terminal, now } = context;
  const link = await flow.createStartLink({
    reference: reference ?? `seek-pass verify ${new Date(now()).toISOString()}`,
    expected: await readExpected(context),
    ...given({ subject }),
  });
  if (link.outcome === 'refused') {
    const sentences = link.problems.map(({ path, message }) => `${path} ${message}.`);
    throw new CommandError('wrong_setting', sentences.join('\n'));
  }
  const { verificationId, url, expiresAt } = link;
  if (json === true) {
    terminal.out(JSON.stringify({ verificationId, url, expiresAt: new Date(expiresAt).toISOString() }));
    return verificationId;
  }
  if (terminal.columns !== undefined) terminal.out(qrText(url));
  terminal.out(url);
  terminal.note(
    terminal.noteColors.dim(
      `Have the person open it on their own device. Verification ${verificationId}; Ctrl+C leaves it as it is.`,
    ),
  );
  return verificationId;
}

/** A script goes on only with a match. `made`: that there is a link is all that was asked for. */
function codeOf({ state }: VerificationStatus, made: boolean): ExitCode {
  return made || state === 'matched' || state === 'anyone' ? exitCodes.ok : exitCodes.problemsFound;
}
