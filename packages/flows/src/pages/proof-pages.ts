import { formFields, type PageNamed, type ProofProblem } from './claim-page.ts';
import { type Html, html } from './html.ts';
import { type DrawnPage, formOf, institutionIn, type Pen } from './layout.ts';
import type { TextKey } from './page-texts.ts';

/** The first page of every link. */
export function startPage(pen: Pen, { send, withoutCode = false }: PageNamed<'start'>): DrawnPage {
  const { say } = pen;
  const institution = institutionIn(pen);
  return {
    title: say('startTitle', { institution: pen.frame.brand.name }),
    main: html`<p>${say('startLead', { institution })}</p>
<div class="card">
<ol class="steps">${!withoutCode && html`<li>${say('startStepCode')}</li>`}<li>${say('startStepCheck')}</li><li>${say('startStepAdd')}</li></ol>
${formOf(send, html`<button>${say(withoutCode ? 'codeButton' : 'startButton')}</button>`)}
${!withoutCode && html`<p class="quiet">${say('startHint', { institution })}</p>`}
</div>`,
  };
}

/** Asks for the code that was mailed. */
export function codePage(pen: Pen, { check, resend, minutes, problem }: PageNamed<'code'>): DrawnPage {
  const { say } = pen;
  const wrong = problem !== undefined;
  const input = html`<label>${say('codeLabel')}
<input class="code" name="${formFields.code}" type="text" inputmode="numeric" autocomplete="one-time-code" spellcheck="false" maxlength="20" required${described(['code-hint', wrong && 'problem'])}${wrong && invalid}></label>
<p class="quiet" id="code-hint">${say('codeHint')}</p>`;
  return {
    title: say('codeTitle'),
    wrong,
    main: html`<p>${say('codeLead', { institution: institutionIn(pen), minutes })}</p>
<div class="card">
${formOf(
  check,
  html`${wrong && html`<p class="bad" id="problem">${say(codeProblems[problem])}</p>`}${input}
<button>${say('codeButton')}</button>`,
)}
${formOf(resend, html`<button class="second">${say('codeResend')}</button>`)}
</div>`,
  };
}

/** Asks for what only the person should know. */
export function factsPage(pen: Pen, { check, facts, problem }: PageNamed<'facts'>): DrawnPage {
  const { say } = pen;
  const institution = institutionIn(pen);
  const wrong = problem !== undefined;
  const inputs = facts.map(
    (fact, at) => html`<label>${labelOf(pen, fact)}
<input name="${formFields.fact(fact)}" type="text" autocomplete="${knownFacts.get(fact)?.autocomplete ?? 'off'}" spellcheck="false" maxlength="200" required${described([wrong && 'problem'])}${wrong && html` aria-invalid="true"`}${wrong && at === 0 && html` autofocus`}></label>`,
  );
  return {
    title: say('factsTitle'),
    wrong,
    main: html`<p>${say('factsLead', { institution })}</p>
<div class="card">
${wrong && html`<p class="bad" id="problem">${factsProblem(pen, problem)}</p>`}
${(!wrong || problem === 'wrong') && formOf(check, html`${inputs}<button>${say('factsButton')}</button>`)}
</div>`,
  };
}

const invalid = html` aria-invalid="true" autofocus`;

function described(ids: readonly (string | false)[]): Html | undefined {
  const present = ids.filter((id) => id !== false);
  return present.length === 0 ? undefined : html` aria-describedby="${present.join(' ')}"`;
}

const codeProblems = {
  wrong: 'codeWrong',
  expired: 'codeExpired',
  used_up: 'codeUsedUp',
} as const satisfies Record<ProofProblem, TextKey>;

function factsProblem(pen: Pen, problem: ProofProblem): Html {
  if (problem === 'expired') return pen.say('factsExpired');
  return pen.say(problem === 'wrong' ? 'factsWrong' : 'factsUsedUp', { institution: institutionIn(pen) });
}

interface KnownFact {
  readonly label: 'factStudentNumber' | 'factBirthDate' | 'factPhone';
  /** What browsers may fill in (WCAG 2.2, identify input purpose). */
  readonly autocomplete: 'off' | 'bday' | 'tel';
}

const knownFacts = new Map<string, KnownFact>([
  ['student_number', { label: 'factStudentNumber', autocomplete: 'off' }],
  ['birth_date', { label: 'factBirthDate', autocomplete: 'bday' }],
  ['phone_number', { label: 'factPhone', autocomplete: 'tel' }],
]);

/** Facts with a name of the institution's own are asked for by that name. */
function labelOf(pen: Pen, fact: string): Html {
  const known = knownFacts.get(fact);
  return known === undefined ? html`<bdi>${fact.replaceAll('_', ' ')}</bdi>` : pen.say(known.label);
}
