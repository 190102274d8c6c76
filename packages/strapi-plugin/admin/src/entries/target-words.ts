/** How a target of a mapping is called for staff: `issue_date` → `Issue date`. The names are those of SEEK Pass. */
export function targetInWords(target: string): string {
  const text = target.replace(/^known_facts\./, '').replaceAll(/[._]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** About the learner, for mails and claim pages: SEEK Pass does not display it. */
export function isAboutRecipient(target: string): boolean {
  return /^(?:email|locale|user|email_verified|minor|known_facts\..*)$/.test(target);
}
