import type { Route, SandboxRequest, SandboxResponse } from '../../http/message.ts';
import { seeOther } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import type { CodeOutcome } from '../../world/log-in.ts';
import { loginCodeLifeMs } from '../../world/log-in.ts';
import { personas } from '../../world/personas.ts';
import { errorSummary, hiddenFields, textField } from '../form-field.ts';
import type { FormError } from '../form-field.ts';
import { html } from '../html.ts';
import type { Page } from '../layout.ts';
import { endSession, rememberAddress, startSession, waitingAddress } from './session-cookie.ts';
import { reasonToLogIn } from './log-in-reason.ts';
import { walletPath, wayOn } from './wallet-paths.ts';
import type { WalletSite } from './wallet-site.ts';

/** Logging in and out: e-mail and one-time code, or a persona. `next` is the page of the wallet to go on to. */
export function logInRoutes(site: WalletSite): readonly Route[] {
  const { logIn } = site.world;
  return [
    {
      method: 'GET',
      path: walletPath.logIn,
      handle: (request) => site.page(logInPage(site, { next: wayOn(request.query.get('next')) })),
    },
    {
      method: 'POST',
      path: walletPath.logIn,
      handle: site.handler((request) => sendCode(site, request)),
    },
    {
      method: 'GET',
      path: walletPath.code,
      handle: (request) => {
        const next = wayOn(request.query.get('next'));
        const email = waitingAddress(request);
        return email === undefined
          ? seeOther(logInAddress(next))
          : site.page(codePage({ email, next, again: request.query.has('again') }));
      },
    },
    { method: 'POST', path: walletPath.code, handle: site.handler((request) => tryCode(site, request)) },
    {
      method: 'POST',
      path: walletPath.persona,
      handle: site.handler((request) => {
        const form = request.form();
        const session = logIn.asPersona(form.get('persona') ?? '');
        return seeOther(wayOn(form.get('next')), { 'Set-Cookie': startSession(request, session) });
      }),
    },
    {
      method: 'POST',
      path: walletPath.logOut,
      handle: (request) => {
        const session = site.session(request);
        if (session !== undefined) logIn.logOut(session.sessionId);
        const next = wayOn(request.form().get('next'));
        return seeOther(logInOrPage(next), { 'Set-Cookie': endSession(request) });
      },
    },
  ];
}

function sendCode(site: WalletSite, request: SandboxRequest): SandboxResponse {
  const form = request.form();
  const next = wayOn(form.get('next'));
  const typed = form.get('email') ?? '';
  try {
    const { email } = site.world.logIn.requestCode(typed);
    return seeOther(withNext(walletPath.code, next) + (form.has('again') ? '&again' : ''), {
      'Set-Cookie': rememberAddress(request, email),
    });
  } catch (error) {
    if (!(error instanceof SandboxError && error.code === 'invalid_request')) throw error;
    const errors = [{ field: 'email', message: 'Enter an e-mail address like name@school.example.' }];
    return site.page(logInPage(site, { next, email: typed, errors }));
  }
}

function tryCode(site: WalletSite, request: SandboxRequest): SandboxResponse {
  const form = request.form();
  const next = wayOn(form.get('next'));
  const email = waitingAddress(request);
  if (email === undefined) return seeOther(logInAddress(next));
  const outcome = site.world.logIn.verifyCode(email, form.get('code') ?? '');
  if (!outcome.ok)
    return site.page(codePage({ email, next, errors: [{ field: 'code', message: refusal(outcome) }] }));
  return seeOther(next, { 'Set-Cookie': startSession(request, outcome.session) });
}

function refusal(outcome: Extract<CodeOutcome, { readonly ok: false }>): string {
  switch (outcome.reason) {
    case 'wrong_code':
      return `That is not the code. Check the newest mail; ${outcome.triesLeft} ${outcome.triesLeft === 1 ? 'try is' : 'tries are'} left.`;
    case 'expired':
      return 'That code is too old. Ask for a new one.';
    case 'no_tries_left':
      return 'That code was tried too often and no longer works. Ask for a new one.';
    case 'unknown':
      return 'That code was used already or never sent. Ask for a new one.';
  }
}

function logInAddress(next: string): string {
  return next === walletPath.home ? walletPath.logIn : withNext(walletPath.logIn, next);
}

function withNext(path: string, next: string): string {
  return `${path}?next=${encodeURIComponent(next)}`;
}

/** A link's own page asks for the log-in itself. */
function logInOrPage(next: string): string {
  return next === walletPath.home ? walletPath.logIn : next;
}

/** What the log-in page needs to know. */
export interface LogInView {
  readonly next: string;
  readonly email?: string;
  readonly errors?: readonly FormError[];
}

/** The form for the e-mail address, and the personas. */
export function logInPage(site: WalletSite, { next, email = '', errors = [] }: LogInView): Page {
  return {
    status: errors.length === 0 ? 200 : 422,
    title: `${errors.length === 0 ? '' : 'Error: '}Log in`,
    main: html`${errorSummary(errors)}
<div class="stack"><h1>Log in</h1>${reasonToLogIn(site.world, next)}</div>
<section class="card" aria-labelledby="with-code"><h2 id="with-code">With your e-mail address</h2>
<form method="post" action="${walletPath.logIn}" novalidate>${hiddenFields({ next })}
${textField(
  {
    name: 'email',
    label: 'E-mail address',
    hint: 'Any address works. The code goes to the sandbox inbox, never to the real address.',
    type: 'email',
    value: email,
    autocomplete: 'email',
    required: true,
  },
  errors,
)}
<div class="actions"><button>Send me a code</button></div></form></section>
<section class="card" aria-labelledby="as-persona"><h2 id="as-persona">Or as a made-up learner</h2>
<p class="quiet">One press, no code. Their names are chosen to be difficult for software.</p>
<form method="post" action="${walletPath.persona}">${hiddenFields({ next })}
<ul class="people">${personas.map(
      (persona) => html`<li><button name="persona" value="${persona.personaId}"><bdi>${persona.fullName}</bdi>
<span class="quiet">${persona.note}</span></button></li>`,
    )}</ul></form></section>`,
  };
}

interface CodeView {
  readonly email: string;
  readonly next: string;
  readonly errors?: readonly FormError[];
  /** The person has just asked for another code. */
  readonly again?: boolean;
}

function codePage({ email, next, errors = [], again = false }: CodeView): Page {
  const minutes = loginCodeLifeMs / 60_000;
  return {
    status: errors.length === 0 ? 200 : 422,
    title: `${errors.length === 0 ? '' : 'Error: '}Enter your code`,
    main: html`${errorSummary(errors)}
<div class="stack"><h1>Enter your code</h1>
<p>A code of 6 digits was sent to <strong><bdi>${email}</bdi></strong>. It works for ${minutes} minutes.</p>
${again && html`<p class="note good" role="status">A new code was sent. The older one no longer works.</p>`}</div>
<div class="card">
<form method="post" action="${walletPath.code}" novalidate>${hiddenFields({ next })}
${textField(
  {
    name: 'code',
    label: 'Code',
    hint: 'It is in the sandbox inbox: the link in the yellow band above opens it.',
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    className: 'code',
    maxlength: 12,
    required: true,
  },
  errors,
)}
<div class="actions"><button>Log in</button></div></form></div>
<div class="row"><form method="post" action="${walletPath.logIn}">${hiddenFields({ next, email, again: '' })}<button class="link">Send a new code</button></form>
<a href="${logInAddress(next)}">Use another address</a></div>`,
  };
}
