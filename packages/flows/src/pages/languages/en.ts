/**
 * The words of the claim pages in English, for readers whose first language may be another: short sentences, no idioms. The
 * other languages have the same keys with the same `{placeholders}`; the compiler and the tests see to it.
 */
export const en = {
  languageLabel: 'Language',
  errorTitle: 'Error: {title}',
  help: 'Questions? Write to {helpEmail}.',
  helpWithoutAddress: 'Questions? Ask {institution}.',
  back: 'Go back',
  tryAgain: 'Try again',

  startTitle: 'Credentials from {institution}',
  startLead:
    '{institution} issues digital credentials that you can keep in SEEK Pass. First show us that this link was sent to you.',
  startStepCode: 'We e-mail you a code. You type it in here.',
  startStepCheck: 'You check your name and the credential.',
  startStepAdd: 'You add it to your SEEK Pass account.',
  startHint: 'The code goes to the e-mail address that {institution} has for you.',
  startButton: 'E-mail me a code',

  codeTitle: 'Type in your code',
  codeLead:
    'We sent a code to the e-mail address that {institution} has for you. It is good for {minutes} minutes.',
  codeLabel: 'Code from the e-mail',
  codeHint: 'Only the newest code works. No e-mail? Look in the spam folder too.',
  codeButton: 'Continue',
  codeResend: 'Send a new code',
  codeWrong: 'This code is not right. Look at the newest e-mail and try again.',
  codeExpired: 'This code is too old. Send yourself a new one.',
  codeUsedUp: 'This code does not work any more. Send yourself a new one.',

  factsTitle: 'One more check',
  factsLead: '{institution} also asks for this, so that the credential goes to the right person.',
  factsButton: 'Continue',
  factsWrong: 'These answers are not what {institution} has on record. Check them and try again.',
  factsExpired: 'This took too long. Open the link in your e-mail again.',
  factsUsedUp: 'There were too many tries. Ask {institution} for help.',
  factStudentNumber: 'Student number',
  factBirthDate: 'Date of birth (year-month-day)',
  factPhone: 'Phone number',

  awardsTitle: 'Your credentials',
  awardsNone: 'There is no credential for you here now.',
  awardsKeeper:
    'The SEEK Pass account that signs in here keeps the credential. On a shared computer, use your phone.',
  awardsAppTitle: 'Then sign in to the SEEK Pass app',
  awardsApp:
    'After you add a credential, install the SEEK Pass app and sign in to it within 48 hours. Otherwise SEEK Pass deletes what you added.',
  awardsOpenedWithdrawn: '{institution} has withdrawn the credential of the link that you opened.',
  awardsOpenedSuperseded: 'The link that you opened is for an older version. The newest version is below.',
  awardName: 'Name',
  awardIssuer: 'Issued by',
  awardDate: 'Date',
  awardNameWrong: 'Is the name wrong? Do not add the credential. Write to {helpEmail}.',
  awardNameWrongWithoutAddress: 'Is the name wrong? Do not add the credential. Ask {institution}.',
  awardAdd: 'Add to SEEK Pass',
  awardContinue: 'Continue at SEEK Pass',
  awardAddAgain: 'Add it again',
  standingReady: 'Ready to add',
  standingStarted: 'Started, not finished',
  standingAdded: 'Added to SEEK Pass',
  standingDeclined: 'You declined it at SEEK Pass',
  standingClosed: 'Was not finished at SEEK Pass',
  standingPaused: 'Paused',
  standingPausedMore: '{institution} has paused this for now. Come back later: your link stays good.',
  standingNeedsMending: 'Needs a correction',
  standingNeedsMendingMore:
    'SEEK Pass did not accept this credential. {institution} has to correct it. Come back later.',
  standingWithdrawn: 'Withdrawn by {institution}',
  signOut: 'Sign out of this page',

  againTitle: 'Add it again?',
  againAdded:
    'SEEK Pass told us that this credential was added. Add it again only if you have lost it: you may get a second copy.',
  againDeclined: 'You declined this credential at SEEK Pass. You can still add it.',
  againClosed: 'Adding this credential was not finished at SEEK Pass. You can start again.',
  againButton: 'Yes, add it again',
  againBack: 'No, go back',

  loadingTitle: 'Going to SEEK Pass',
  loadingLead: 'SEEK Pass opens in a moment, so that you can add “{credential}”.',
  loadingButton: 'Go on to SEEK Pass',

  unknownLinkTitle: 'We do not know this link',
  unknownLink: 'A part of it may be missing. Open it from your e-mail again, or copy all of it.',
  newerLinkTitle: 'A newer link was sent',
  newerLink:
    'This link does not work any more. Look for the newest e-mail from {institution} and open the link in it.',
  linkExpiredTitle: 'Please open your link again',
  linkExpired:
    'For your safety this page closes after a while. Open the link in your e-mail again: it stays good.',
  withdrawnTitle: 'This credential was withdrawn',
  withdrawn: '{institution} has withdrawn it, so it can no longer be added.',
  wrongPersonTitle: 'This link is for somebody else',
  wrongPerson:
    'The account that you are signed in with is not the one this link was made for. Sign in with your own account and open the link again.',
  guardianNeededTitle: 'A parent or guardian has to agree',
  guardianNeeded:
    'You are under age on our records. {institution} tells you what a parent or guardian has to do.',
  unavailableTitle: 'SEEK Pass does not answer now',
  unavailable: 'Nothing is lost: we keep your place. Please try again in some minutes.',
  pausedTitle: 'This is paused for now',
  paused: '{institution} has paused adding credentials. Come back later: your link stays good.',
  rejectedTitle: 'This credential needs a correction',
  rejected:
    'SEEK Pass did not accept it. {institution} has to correct it. There is nothing that you have to do now.',
  mailFailedTitle: 'We could not send the e-mail',
  mailFailed:
    'Please try again in some minutes. If it fails again, ask {institution} to check your e-mail address.',
  tooManyTitle: 'Too many tries',
  tooMany: 'Please wait for some time, then open the link in your e-mail again. Your link stays good.',
  handoffOverTitle: 'Please start again',
  handoffOver:
    'For your safety this step works once, and for one minute. Go back to the page that you came from and press the button there again.',
  foreignFormTitle: 'We could not accept that',
  foreignForm:
    'Your browser must allow cookies for this page. Allow them, then open the link in your e-mail again.',
  oursTitle: 'Something went wrong here',
  ours: 'The fault is ours. Nothing was added and your link stays good. Please try again in some minutes.',
} as const;
