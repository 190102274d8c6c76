import type { PageFrame } from '../../pages/claim-page.ts';
import { type Html, html } from '../../pages/html.ts';
import { type DrawnPage, formOf, framed, type Pen } from '../../pages/layout.ts';
import { speaking } from '../../pages/page-texts.ts';
import type { VerifyEnd, VerifyPage } from './verify-page.ts';
import { told, type VerifyTextKey } from './verify-texts.ts';

/** The HTML of a verify page, in the language of its frame; in all else like a claim page. */
export function renderVerifyPage(page: VerifyPage, frame: PageFrame): string {
  const pen: Pen = { say: speaking(frame.locale), frame };
  return framed(pen, drawn(pen, page));
}

function drawn(pen: Pen, page: VerifyPage): DrawnPage {
  switch (page.page) {
    case 'start':
      return {
        title: told(pen, 'startTitle'),
        main: html`<p>${told(pen, 'start')}</p>
<div class="card">
<ol class="steps"><li>${told(pen, 'startStepSignIn')}</li><li>${told(pen, 'startStepShare')}</li><li>${told(pen, 'startStepBack')}</li></ol>
${formOf(page.go, html`<button>${told(pen, 'startButton')}</button>`)}
<p class="quiet">${told(pen, 'startHint')}</p>
</div>`,
      };
    case 'waiting':
      return carded(pen, 'waitingTitle', 'waiting', [
        html`<a class="button second" href="${page.again}">${told(pen, 'waitingButton')}</a>`,
      ]);
    case 'unavailable':
      return carded(
        pen,
        'unavailableTitle',
        'unavailable',
        page.retry === undefined ? [] : [formOf(page.retry, html`<button>${pen.say('tryAgain')}</button>`)],
      );
    default:
      return carded(pen, ...endTexts[page.page]);
  }
}

function carded(pen: Pen, title: VerifyTextKey, text: VerifyTextKey, more: readonly Html[] = []): DrawnPage {
  return {
    title: told(pen, title),
    main: html`<div class="card">
<p role="status">${told(pen, text)}</p>
${more}
</div>`,
  };
}

const endTexts: Readonly<Record<VerifyEnd, readonly [title: VerifyTextKey, text: VerifyTextKey]>> = {
  confirmed: ['confirmedTitle', 'confirmed'],
  somebody_else: ['somebodyElseTitle', 'somebodyElse'],
  looked_at: ['lookedAtTitle', 'lookedAt'],
  canceled: ['canceledTitle', 'canceled'],
  unfinished: ['unfinishedTitle', 'unfinished'],
  elsewhere: ['elsewhereTitle', 'elsewhere'],
  over: ['overTitle', 'over'],
  used: ['usedTitle', 'used'],
  unknown_link: ['unknownLinkTitle', 'unknownLink'],
  foreign_form: ['foreignFormTitle', 'foreignForm'],
  rejected: ['rejectedTitle', 'rejected'],
  too_many: ['tooManyTitle', 'tooMany'],
  ours: ['oursTitle', 'ours'],
};
