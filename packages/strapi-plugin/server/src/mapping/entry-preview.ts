import { type Credential, type SeekPass, toWire, validate } from '@seek-pass-kit/core';
import {
  type AwardInput,
  credentialTitle,
  type DocumentSettings,
  documentTypeOf,
} from '@seek-pass-kit/flows';
import type { EntryPreview, Mapping, PreviewValue } from '../../../contract/mapping.ts';
import { targetOf } from './mapping-targets.ts';

/** Stands for the id that is made when the learner claims. */
const idWhenClaimed = 'made-when-the-learner-claims';

/** Who makes requests, and how files get to SEEK Pass; absent while the plugin is not connected. */
export interface PreviewContext {
  readonly seekPass?: Pick<SeekPass, 'requestOf'> | undefined;
  readonly documents?: DocumentSettings | undefined;
}

/** What an award would show, as far as it is right: the request is the one that SEEK Pass gets, but for its id. */
export function previewOf(mapping: Mapping, award: AwardInput, context: PreviewContext): EntryPreview {
  const credential = withFile(award, context.documents);
  const values = Object.keys(mapping.targets).map((target): PreviewValue => {
    const text = textAt(target, credential, award.recipient);
    return text === undefined ? { target, shown: 'nothing' } : { target, shown: 'value', text };
  });
  if (!validate({ id: idWhenClaimed, credential }).ok) return { values };
  const request =
    context.seekPass?.requestOf({ id: idWhenClaimed, credential }) ??
    toWire(credential, { id: idWhenClaimed });
  const { path, body } = request;
  return { title: credentialTitle(credential, 'en'), values, request: { path, body } };
}

/** A file that is handed over gets its address when the learner claims; it is uploaded, or fetched from where the flow serves it. */
function withFile({ credential, file }: AwardInput, documents: DocumentSettings | undefined): Credential {
  const type = file === undefined ? undefined : documentTypeOf(credential, file.type);
  if (type === undefined) return credential;
  const value = documents?.baseUrl === undefined ? null : `${documents.baseUrl}/${idWhenClaimed}`;
  return { ...credential, document: { type, value } } as Credential;
}

/** The preview for whoever may not see names and e-mail addresses: what is personal is left out. */
export function withoutPersonalData({ values, title }: EntryPreview, mapping: Mapping): EntryPreview {
  return {
    ...(title === undefined ? {} : { title }),
    values: values.map((value) =>
      targetOf(mapping.credentialType, value.target)?.personal === false || value.shown !== 'value'
        ? value
        : { target: value.target, shown: 'hidden' },
    ),
  };
}

function textAt(
  target: string,
  { fields, document, partner_chain: chain }: AwardInput['credential'],
  recipient: AwardInput['recipient'],
): string | undefined {
  if (target === 'document') return document?.value ?? undefined;
  if (target === 'document_type') return document?.type;
  if (target === 'partner_chain') return chain?.map(({ name }) => name).join('; ');
  const ofRecipient = recipientText(target, recipient);
  if (ofRecipient !== undefined) return ofRecipient;
  let value: unknown = fields;
  for (const member of target.split('.')) {
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[member] : undefined;
  }
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join('; ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function recipientText(
  target: string,
  { email, locale, subject, knownFacts, emailVerified, minor }: AwardInput['recipient'],
): string | undefined {
  if (target.startsWith('known_facts.')) return knownFacts?.[target.slice('known_facts.'.length)];
  switch (target) {
    case 'email':
      return email === '' ? undefined : email;
    case 'locale':
      return locale;
    case 'user':
      return subject;
    case 'email_verified':
      return yes(emailVerified);
    case 'minor':
      return yes(minor);
    default:
      return undefined;
  }
}

function yes(flag: boolean | undefined): string | undefined {
  if (flag === undefined) return undefined;
  return flag ? 'yes' : 'no';
}
