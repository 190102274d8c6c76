import { type Html, html, type HtmlValue } from './html.ts';

/** What is wrong with a field, and what to do: `is not a date: write it like …`. */
export interface FieldProblem {
  readonly field: string;
  readonly text: string;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly problems: readonly FieldProblem[];
}

/** A label, its control and what is wrong with it, tied together for those who do not see the page. */
export function field({ name, label, hint, problems }: Field, control: (attributes: Html) => Html): Html {
  const wrong = problems.filter((problem) => problem.field === name);
  const described = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(wrong.length > 0 ? [`${name}-problem`] : []),
  ];
  const attributes = html`id="${name}" name="${name}"${described.length > 0 && html` aria-describedby="${described.join(' ')}"`}${wrong.length > 0 && html` aria-invalid="true"`}`;
  return html`<div class="field"><label for="${name}">${label}</label>
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${wrong.length > 0 && html`<p class="problem" id="${name}-problem">${wrong.map(({ text }) => html`<span>${text}</span>`)}</p>`}
${control(attributes)}</div>`;
}

export function textField(of: Field & { readonly value: string; readonly type?: 'text' | 'date' }): Html {
  return field(
    of,
    (attributes) =>
      html`<input type="${of.type ?? 'text'}" value="${of.value}" autocomplete="off" ${attributes}>`,
  );
}

export function checkbox(of: Field & { readonly checked: boolean }): Html {
  const box = (attributes: Html) =>
    html`<input type="checkbox" value="yes"${of.checked && html` checked`} ${attributes}>`;
  return html`<div class="tick">${field(of, box)}</div>`;
}

export interface Choice {
  readonly value: string;
  readonly name: string;
}

export function choiceField(
  of: Field & { readonly value: string; readonly choices: readonly Choice[] },
): Html {
  const option = ({ value, name }: Choice) =>
    html`<option value="${value}"${value === of.value && html` selected`}>${name}</option>`;
  return field(
    of,
    (attributes) =>
      html`<select ${attributes}><option value="">Choose …</option>${of.choices.map(option)}</select>`,
  );
}

/** What is wrong, before the form: each leads to its field. */
export function problemSummary(
  problems: readonly FieldProblem[],
  labels: Readonly<Record<string, string>>,
): Html | undefined {
  if (problems.length === 0) return undefined;
  const line = ({ field: name, text }: FieldProblem): HtmlValue => {
    const label = labels[name];
    return html`<li>${label === undefined ? text : html`<a href="#${name}">${label}</a>: ${text}`}</li>`;
  };
  return html`<div class="note bad" role="alert"><p><strong>Please correct this first.</strong></p><ul>${problems.map(line)}</ul></div>`;
}
