/** Headings of the help. */
export const groups = {
  tryOut: 'Try it out:',
  check: 'Check before you send:',
  issue: 'Issue and follow:',
  account: 'Answer for it:',
  setUp: 'Set up:',
} as const;
