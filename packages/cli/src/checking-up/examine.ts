import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import { readSettings, type Settings } from '../config/settings.ts';
import { adviseOnCodes } from './advice.ts';
import { type Area, type Finding, type Judgement, notChecked, ok, problem } from './finding.ts';
import { judgeNode } from './judge-machine.ts';
import { lookAtClaimPages } from './look-at-claim-pages.ts';
import { lookAtDocuments } from './look-at-documents.ts';
import { domainOf, lookAtMail } from './look-at-mail.ts';
import { lookAtSeekPass } from './look-at-seek-pass.ts';
import { lookAtStore } from './look-at-store.ts';

/** Everything that was found, and the settings, when they could be read. */
export interface Examination {
  readonly findings: readonly Finding[];
  readonly settings?: Settings;
}

/** Looks at every part of a setup and changes none. Whatever fails is a finding; the other parts are looked at all the same. */
export async function examine(configFile: string | undefined, context: CommandContext): Promise<Examination> {
  const machine = inArea('settings', [judgeNode(process.versions.node)]);
  const settings = await readSettings(configFile, context).catch((error: unknown) => {
    if (error instanceof CommandError) return error;
    throw error;
  });
  if (settings instanceof CommandError) {
    const wrong = settings.message
      .split('\n')
      .map((sentence) => problem(sentence, 'Then run the doctor again.'));
    return { findings: [...machine, ...inArea('settings', wrong)] };
  }
  const [seekPass, { store, keys, webhooks }, mail, claimPages, documents] = await Promise.all([
    looking(() => lookAtSeekPass(settings)),
    lookAtStore(settings).catch((error: unknown) => ({ store: [failed(error)], keys: [], webhooks: [] })),
    looking(() => lookAtMail(settings)),
    looking(() => lookAtClaimPages(settings, context.now())),
    looking(() => lookAtDocuments(settings)),
  ]);
  const { config } = settings;
  const codes = adviseOnCodes(config.environment, ownDomain(settings));
  return {
    settings,
    findings: [
      ...machine,
      ...inArea('settings', [
        ok(`${settings.file} and the secrets beside it can be read, by their owner only.`),
      ]),
      ...inArea('seek_pass', seekPass),
      ...inArea('store', store),
      ...inArea('keys', keys),
      ...inArea('mail', mail),
      ...inArea('claim_pages', claimPages),
      ...inArea('documents', documents),
      ...inArea('webhooks', webhooks),
      ...inArea('learners', [codes]),
    ],
  };
}

function inArea(area: Area, judgements: readonly Judgement[]): Finding[] {
  return judgements.map((judgement) => ({ area, ...judgement }));
}

async function looking(look: () => Promise<readonly Judgement[]>): Promise<readonly Judgement[]> {
  try {
    return await look();
  } catch (error) {
    return [failed(error)];
  }
}

/** Of an error that nobody foresaw only its name: its message may hold anything. */
function failed(error: unknown): Judgement {
  return notChecked(
    `The check itself failed (${error instanceof Error ? error.name : typeof error}).`,
    'Please report it.',
  );
}

/** Of the mailboxes of the institution itself. */
function ownDomain({ config }: Settings): string | undefined {
  const address = config.brand.helpEmail ?? config.mail?.replyTo ?? config.mail?.from.address;
  return address === undefined ? undefined : domainOf(address);
}
