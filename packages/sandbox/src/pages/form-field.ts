import { html } from './html.ts';
import type { Html } from './html.ts';

/** Something a person has to mend in a form. */
export interface FormError {
  /** `id` of the field, which is its name too; the form's first field when it is not known. */
  readonly field: string;
  /** A sentence that says how to mend it. */
  readonly message: string;
}

/** One line of a form. */
export interface TextField {
  /** Also its `id`. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email' | 'number' | 'datetime-local';
  readonly value?: string;
  readonly autocomplete?: string;
  readonly inputmode?: 'numeric' | 'email' | 'decimal';
  readonly className?: string;
  readonly required?: boolean;
  readonly maxlength?: number;
}

/** A labelled input with its hint and, when it has one, its error. */
export function textField(field: TextField, errors: readonly FormError[] = []): Html {
  const error = errors.find((one) => one.field === field.name);
  const described = [
    field.hint === undefined ? '' : `${field.name}-hint`,
    error === undefined ? '' : `${field.name}-error`,
  ]
    .filter(Boolean)
    .join(' ');
  return html`<div class="field"><label for="${field.name}">${field.label}</label>
${field.hint !== undefined && html`<p class="hint" id="${field.name}-hint">${field.hint}</p>`}
${error && html`<p class="fault" id="${field.name}-error"><span class="aside">Error: </span>${error.message}</p>`}
<input id="${field.name}" name="${field.name}" type="${field.type ?? 'text'}" value="${field.value}"
${field.autocomplete !== undefined && html` autocomplete="${field.autocomplete}"`}
${field.inputmode !== undefined && html` inputmode="${field.inputmode}"`}
${field.className !== undefined && html` class="${field.className}"`}
${field.maxlength !== undefined && html` maxlength="${field.maxlength}"`}
${field.required === true && html` required`}
${described !== '' && html` aria-describedby="${described}"`}
${error && html` aria-invalid="true"`}></div>`;
}

/** A labelled list to choose one from. */
export function selectField(
  field: { readonly name: string; readonly label: string; readonly hint?: string; readonly value?: string },
  choices: readonly (readonly [value: string, text: string])[],
): Html {
  return html`<div class="field"><label for="${field.name}">${field.label}</label>
${field.hint !== undefined && html`<p class="hint" id="${field.name}-hint">${field.hint}</p>`}
<select id="${field.name}" name="${field.name}"${field.hint !== undefined && html` aria-describedby="${field.name}-hint"`}>
${choices.map(([value, text]) => html`<option value="${value}"${value === field.value && html` selected`}>${text}</option>`)}
</select></div>`;
}

/** What is wrong in a form, on top of the page, linked to the fields; takes the focus when the page opens. */
export function errorSummary(errors: readonly FormError[]): Html | false {
  if (errors.length === 0) return false;
  return html`<div class="wrong" role="alert" tabindex="-1" autofocus aria-labelledby="wrong"><h2 id="wrong">There is a problem</h2>
<ul>${errors.map((error) => html`<li><a href="#${error.field}">${error.message}</a></li>`)}</ul></div>`;
}

/** A form of one button. `fields` are sent with it. */
export function buttonForm(
  action: string,
  text: string,
  options: {
    readonly fields?: Readonly<Record<string, string>>;
    readonly className?: string;
    readonly about?: string;
  } = {},
): Html {
  return html`<form method="post" action="${action}">${hiddenFields(options.fields ?? {})}
<button${options.className !== undefined && html` class="${options.className}"`}>${text}${
    options.about !== undefined && html`<span class="aside"> ${options.about}</span>`
  }</button></form>`;
}

/** Values that travel with a form. */
export function hiddenFields(fields: Readonly<Record<string, string>>): readonly Html[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
}
