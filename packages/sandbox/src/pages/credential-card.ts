import type { Upload } from '../world/uploads.ts';
import type { SubmittedCredential } from '../world/submitted-credential.ts';
import { fieldInWords, titleField, typeInWords, valueInWords } from './credential-words.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** What a card says about a file that comes by an upload link. */
export type UploadState = Pick<Upload, 'assetId' | 'received'>;

/** One credential as a learner reads it: everything that was submitted, nothing left out. */
export function credentialCard(
  credential: SubmittedCredential,
  options: {
    readonly uploads?: readonly UploadState[];
    readonly below?: Html;
    readonly headingLevel?: 2 | 3;
  } = {},
): Html {
  const { credentialType, fields, partnerChain } = credential;
  const title = credentialTitle(credential);
  return html`<article class="card"><div class="stack tight"><p class="quiet small">${typeInWords[credentialType]}</p>
${options.headingLevel === 3 ? html`<h3 dir="auto">${title}</h3>` : html`<h2 dir="auto">${title}</h2>`}</div>
<dl class="facts">${factsOf(fields)}
${partnerChain.length > 0 && fact('Passed on by', html`<span dir="auto">${partnerChain.join(' → ')}</span>`)}
${fact('Document', documentInWords(credential, options.uploads ?? []))}</dl>
${options.below}</article>`;
}

/** What a credential is called in a heading or a list. */
export function credentialTitle({ credentialType, fields }: SubmittedCredential): string {
  const title = fields[titleField[credentialType] ?? ''];
  return typeof title === 'string' && title !== '' ? title : typeInWords[credentialType];
}

/** Fields as lines of a description list; what stands deeper is indented. */
export function factsOf(fields: Readonly<Record<string, unknown>>): readonly Html[] {
  return Object.entries(fields).map(([name, value]) => fact(fieldInWords(name), valueMarkup(name, value)));
}

/** One line of a description list. */
export function fact(term: string, description: Html | string): Html {
  return html`<div><dt>${term}</dt><dd dir="auto">${description}</dd></div>`;
}

function valueMarkup(name: string, value: unknown): Html {
  if (Array.isArray(value)) {
    if (value.length === 0) return html`<span class="quiet">None</span>`;
    return html`<ul>${value.map((one: unknown) => html`<li dir="auto">${valueMarkup(name, one)}</li>`)}</ul>`;
  }
  if (typeof value === 'object' && value !== null) {
    const inner = Object.fromEntries(Object.entries(value));
    return html`<dl class="facts part">${factsOf(inner)}</dl>`;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value === '' ? html`<span class="quiet">Empty</span>` : html`${valueInWords(name, value)}`;
  }
  return html`<span class="quiet">Not given</span>`;
}

const documentNames: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  jpg: 'JPG picture',
  png: 'PNG picture',
  open_cert: 'OpenCert',
  english_assessment: 'Test report (PDF)',
};

function documentInWords(credential: SubmittedCredential, uploads: readonly UploadState[]): Html {
  const { documentType, document, assetId } = credential;
  const kind = documentNames[documentType ?? ''] ?? 'File';
  if (document === null) {
    const upload = uploads.find((one) => one.assetId === assetId);
    if (upload === undefined) return html`<span class="quiet">None</span>`;
    if (upload.received === undefined) return html`${kind}, not uploaded yet`;
    return html`${kind}, ${kilobytes(upload.received.size)} kB`;
  }
  if (documentType === 'open_cert') return html`OpenCert, ${kilobytes(Buffer.byteLength(document))} kB`;
  if (document.startsWith('data:')) return html`${kind}, sent with the credential`;
  // An address, not a link: nothing here leads away from the sandbox.
  return html`${kind} at <code dir="ltr">${document}</code>`;
}

function kilobytes(bytes: number): string {
  return Math.max(0.1, bytes / 1024).toFixed(1);
}
