import type { CredentialType } from '@seek-pass-kit/core';
import type { Mapping, MappingSource } from '../../../contract/mapping.ts';

/** A mapping while it is edited: nothing need be chosen yet. */
export interface MappingDraft extends Omit<Mapping, 'credentialType'> {
  readonly credentialType: CredentialType | '';
}

export const emptyDraft: MappingDraft = {
  name: '',
  title: '',
  contentType: '',
  credentialType: '',
  enabled: true,
  targets: {},
};

/** The draft with another source of a target; without one, the target is left out. */
export function withSource(
  draft: MappingDraft,
  target: string,
  source: MappingSource | undefined,
): MappingDraft {
  const { [target]: _before, ...others } = draft.targets;
  return { ...draft, targets: source === undefined ? others : { ...draft.targets, [target]: source } };
}

/** What can be sent: both types are chosen, and what is still empty is left out. */
export function mappingOf({ credentialType, ...draft }: MappingDraft): Mapping | undefined {
  if (credentialType === '' || draft.contentType === '') return undefined;
  const targets = Object.entries(draft.targets).filter(([, source]) => !Object.values(source).includes(''));
  return { ...draft, credentialType, targets: Object.fromEntries(targets) };
}

/** A name made of the title: `Short course` → `short-course`. */
export function nameOf(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '');
}
