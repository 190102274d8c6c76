import { createHmac } from 'node:crypto';
import type { AddFlow, AwardInput, AwardProblem } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { EntryAwardPlace, IssuePreview } from '../../../contract/entry-awards.ts';
import type { MappingFinding, SiteMapping } from '../../../contract/mapping.ts';
import type { EntryReading } from '../mapping/mappings-service.ts';
import { serviceOf } from '../plugin-services.ts';
import type { EntryIssuing } from './entry-awards-service.ts';
import { entryVersionOf } from './entry-version.ts';
import { localeOf, publishedEntries } from './published-entries.ts';

/** The published version of an entry, and what a mapping makes of it. */
export interface ReadEntry {
  readonly mapping: SiteMapping;
  readonly locale: string | undefined;
  /** Absent when there is no published version. */
  readonly found?: { readonly entryVersion: string; readonly reading: EntryReading };
}

/** @throws {ApplicationError} when there is no such mapping, or it is off, or it is for another content type. */
export async function readPublished(
  strapi: Core.Strapi,
  { contentType, documentId, locale: asked, mapping: name }: EntryAwardPlace,
): Promise<ReadEntry> {
  const mappings = serviceOf(strapi, 'mappings');
  const mapping = await mappings.required(name);
  if (mapping.contentType !== contentType)
    throw new errors.ApplicationError(`The mapping ${name} is for another content type: choose another.`);
  const locale = await localeOf(strapi, contentType, asked);
  const [entry] = await publishedEntries(strapi, contentType, [documentId], {
    locale,
    populate: mappings.populateOf(mapping),
  });
  if (entry === undefined) return { mapping, locale };
  const reading = await mappings.readEntry(mapping, entry);
  return { mapping, locale, found: { entryVersion: entryVersionOf(entry), reading } };
}

/** What issuing an entry would do now, and what it would look like. Stores and sends nothing. */
export async function previewEntry(
  strapi: Core.Strapi,
  award: EntryAwardPlace,
  { reissueWithdrawn = true }: Pick<EntryIssuing, 'reissueWithdrawn'> = {},
): Promise<IssuePreview> {
  const { mapping, found } = await readPublished(strapi, award);
  const about = { label: mapping.title, credentialType: mapping.credentialType };
  if (found === undefined) return { ...about, effect: 'refused', findings: [notPublished], withdrawn: false };
  const { entryVersion, reading } = found;
  const { input, preview, findings, key } = reading;
  const shown = { ...about, preview, entryVersion };
  if (input === undefined) return { ...shown, effect: 'refused', findings, withdrawn: false };
  const { addFlow } = serviceOf(strapi, 'connection').required();
  const [planned] = await addFlow.plan([input], { reissueWithdrawn });
  const before = (await addFlow.statuses([key])).get(key);
  const effect = planned?.result ?? 'refused';
  return {
    ...shown,
    effect,
    recipient: { name: input.recipient.fullName, email: input.recipient.email },
    findings: [...findings, ...(planned?.problems ?? []).map(findingOf)],
    withdrawn: before?.state === 'withdrawn',
    ...(effect === 'refused' ? {} : { seen: seenOf(addFlow, input) }),
  };
}

export const notPublished: MappingFinding = {
  target: '',
  severity: 'error',
  message: 'The entry has no published version',
  remedy: 'Publish it first.',
};

/** What flows found, as staff are told of what a mapping found. */
export function findingOf({ path, message, remedy }: AwardProblem): MappingFinding {
  const target = path.replace(/^credential\.(?:fields\.)?|^recipient\./, '');
  return { target, severity: 'error', message: `${target} ${message}`, remedy };
}

/** Names what a person was shown. Keyed: it gives nothing away about somebody whom they may not see. */
export function seenOf(addFlow: AddFlow, { key, recipient, credential, file }: AwardInput): string {
  const bytes = file === undefined ? '' : Buffer.from(file.bytes).toString('base64');
  return createHmac('sha256', addFlow.context.lookupKey)
    .update('strapi entry preview')
    .update(JSON.stringify([key, recipient, credential, file?.type ?? null, bytes]))
    .digest('base64url');
}
