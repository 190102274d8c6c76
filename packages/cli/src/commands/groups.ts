/** Headings of the help. */
export const groups = {
  tryOut: 'Try it out:',
  check: 'Check before you send:',
} as const;
