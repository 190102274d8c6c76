/**
 * The words of the verify pages in English, for readers whose first language may be another. The other languages have the same keys with
 * the same `{institution}`; the compiler and the tests see to it.
 */
export const en = {
  startTitle: 'Show who you are',
  start: '{institution} asks you to show who you are with SEEK Pass.',
  startStepSignIn: 'You sign in to SEEK Pass, or make an account there.',
  startStepShare: 'You choose what you share. You can also say no.',
  startStepBack: 'You come back to this browser, and to no other.',
  startHint: 'Use your own device. The result comes back to this browser only.',
  startButton: 'Continue to SEEK Pass',

  waitingTitle: 'One moment',
  waiting: 'SEEK Pass has not told us the result yet. This page looks again by itself.',
  waitingButton: 'Look again now',

  confirmedTitle: 'Thank you',
  confirmed: 'SEEK Pass has confirmed who you are. {institution} has the result. You can close this page.',
  somebodyElseTitle: 'The details do not fit',
  somebodyElse:
    'SEEK Pass gave other details than {institution} has. Ask {institution} to check them, then start again.',
  lookedAtTitle: 'Thank you',
  lookedAt: 'SEEK Pass has answered. {institution} looks at it and tells you how it goes on.',
  canceledTitle: 'This was canceled',
  canceled: 'Nothing was confirmed. You can start again at {institution}.',
  unfinishedTitle: 'Not finished yet',
  unfinished: 'SEEK Pass has not told us a result. We go on asking. You can close this page.',
  elsewhereTitle: 'The result does not go to this browser',
  elsewhere:
    'It goes only to the browser in which this was started. If that is this one, start again at {institution}.',
  overTitle: 'The time for this is over',
  over: 'You can start again at {institution}.',
  usedTitle: 'This link was used already',
  used: 'It was used in another browser. Go back to that browser, or ask {institution} for a new link.',
  unknownLinkTitle: 'We do not know this link',
  unknownLink: 'A part of it may be missing. Copy all of it, or ask {institution} for a new one.',
  foreignFormTitle: 'We could not accept that',
  foreignForm: 'Your browser must allow cookies for this page. Allow them, then open the link again.',
  unavailableTitle: 'SEEK Pass does not answer now',
  unavailable: 'Nothing is lost. Please try again in some minutes.',
  rejectedTitle: 'This does not work now',
  rejected: 'SEEK Pass did not accept the request. {institution} has to look at it.',
  tooManyTitle: 'Too many tries',
  tooMany: 'Please wait for some time, then try again.',
  oursTitle: 'Something went wrong here',
  ours: 'The fault is ours. Please try again in some minutes.',
} as const;
