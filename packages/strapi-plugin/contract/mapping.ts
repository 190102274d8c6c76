import type { CredentialType, LintSeverity } from '@seek-pass-kit/core';
import type { DateFormat } from '@seek-pass-kit/flows/bulk';

/** Where the value of a target comes from: a field of the entry (`title`, `course.title`), a text for every entry, or a text with fields in it. */
export type MappingSource =
  | { readonly field: string }
  | { readonly text: string }
  | { readonly template: string };

/** Says how an entry of one content type of the site becomes one credential. */
export interface Mapping {
  /** Small letters, digits and hyphens; part of the key of each award, so it never changes once something was issued. */
  readonly name: string;
  /** What staff read. */
  readonly title: string;
  /** `api::completion.completion` */
  readonly contentType: string;
  readonly credentialType: CredentialType;
  /** Staff can issue with it. */
  readonly enabled: boolean;
  /**
   * By target: the wire name of a field of the credential (`issue_date`, dots lead into objects), `email`, `locale`, `user`, `email_verified`,
   * `minor`, `known_facts.<name>`, `document`, `document_type`, `partner_chain`.
   */
  readonly targets: Readonly<Record<string, MappingSource>>;
  /** Where a field with a date and a time gets its day from: `Australia/Sydney`. Needed when one is mapped. */
  readonly timeZone?: string;
  /** How dates in text fields are written. Default `YYYY-MM-DD`; date fields need none. */
  readonly dateFormat?: DateFormat;
}

/** A mapping of this site. */
export interface SiteMapping extends Mapping {
  /** In `code` it is part of the site's configuration and cannot be changed here. */
  readonly keptIn: 'code' | 'database';
  /** Goes up with each change; 0 in code. */
  readonly revision: number;
}

/** What to mend or to look at. Names fields, never values. */
export interface MappingFinding {
  /** As in {@link Mapping.targets}; `name`, `contentType`, `credentialType`, `timeZone`; empty: the whole. */
  readonly target: string;
  /** Only `error` keeps an entry from being issued. */
  readonly severity: LintSeverity;
  /** What was noticed, without a full stop. */
  readonly message: string;
  /** What to do: one sentence. */
  readonly remedy: string;
}

/** What an entry would become. */
export interface EntryPreview {
  /** What mails and the claim page call it: the course, the test. Absent while it is not known. */
  readonly title?: string;
  readonly values: readonly PreviewValue[];
  /** The request that SEEK Pass would get. Absent while it cannot be made, and for whoever may not see personal data. */
  readonly request?: { readonly path: string; readonly body: object };
}

/** What one target would hold. */
export interface PreviewValue {
  readonly target: string;
  /** Absent when it is left out, or may not be seen. */
  readonly text?: string;
  /** `hidden`: whoever asks may not see it. */
  readonly shown: 'value' | 'nothing' | 'hidden';
}

/** How a value has to be. */
export type TargetKind = 'text' | 'year' | 'date' | 'boolean' | 'list' | 'user' | 'document';

/** Something that a mapping fills. */
export interface MappingTarget {
  /** As in {@link Mapping.targets}. */
  readonly name: string;
  readonly group: 'recipient' | 'credential' | 'document' | 'more';
  readonly kind: TargetKind;
  readonly required: boolean;
  /** Has to stay equal for a new version to replace the old one in the wallet. */
  readonly updateKey: boolean;
  readonly personal: boolean;
  /** The only values there are. */
  readonly choices?: readonly string[];
}

/** What a field of the site holds: `day` a date, `moment` a date with a time, `user` a relation to an end user of the site. */
export type SourceKind = 'text' | 'number' | 'boolean' | 'day' | 'moment' | 'media' | 'user';

/** A field that a mapping may take a value from. */
export interface SourceField {
  /** `title`; `course.title` when it is a field of a related entry or of a component. */
  readonly path: string;
  readonly kind: SourceKind;
  /** There can be several values: of several related entries, of a repeatable component. */
  readonly many: boolean;
}

/** A mapping in the list of the settings. */
export interface ListedMapping extends SiteMapping {
  /** What the content type is called; absent when the site has it no more. */
  readonly contentTypeName?: string;
  /** Something was issued with it: it keeps its name and its content type, and cannot be deleted. */
  readonly issued: boolean;
  /** What keeps it from being used. */
  readonly errors: readonly MappingFinding[];
}

/** A content type that mappings can be made for. */
export interface MappableType {
  readonly uid: string;
  readonly name: string;
}

/** What mappings of a credential type can fill. */
export interface CredentialTargets {
  readonly credentialType: CredentialType;
  /** Empty for a type that consists of records: an entry does not hold one. */
  readonly targets: readonly MappingTarget[];
}

/** What the editor needs to know of the site. */
export interface MappingChoices {
  readonly contentTypes: readonly MappableType[];
  readonly credentialTypes: readonly CredentialTargets[];
}

/** An entry to try a mapping with. */
export interface TrialEntry {
  readonly documentId: string;
  readonly locale?: string;
  /** As the Content Manager calls it; absent for whoever may not see names. */
  readonly label?: string;
}

/** A mapping as an editor sends it to try it. */
export interface MappingTrial {
  readonly findings: readonly MappingFinding[];
  /** Absent without an entry. */
  readonly preview?: EntryPreview;
}
