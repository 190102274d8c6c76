import { type Credential, lint } from '@seek-pass-kit/core';
import { type Html, html } from '../web/html.ts';
import { sentence } from './award-words.ts';

/** What SEEK Pass would be sent, field by field, with what a careful reader would ask about it. */
export function credentialPreview(credential: Credential): Html {
  const fields = Object.entries(credential.fields).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  const remarks = lint(credential, { today: new Date().toISOString().slice(0, 10) });
  return html`<section class="card preview" aria-labelledby="preview"><p class="kind">${sentence(credential.credential_type)}</p>
<h2 id="preview">What SEEK Pass would be sent</h2>
<dl>${fields.map(([name, value]) => html`<div><dt>${sentence(name)}</dt><dd>${said(value)}</dd></div>`)}</dl>
${remarks.length > 0 && html`<ul class="remarks">${remarks.map(({ path, message, remedy }) => html`<li>${sentence(path)} ${message}. ${remedy}</li>`)}</ul>`}
<p class="quiet">Nothing has been sent. How SEEK Pass lays it out is up to SEEK Pass.</p></section>`;
}

function said(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
