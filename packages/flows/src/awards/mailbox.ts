/**
 * One mailbox and nothing else (security rule 20): no quotes, comments, lists, routes or line breaks, so that whatever
 * mailer gets it reads the one recipient that we read. Addresses with letters beyond ASCII in the domain must come in
 * their `xn--` form.
 */
const mailbox =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** Whether the text is one plain mailbox of at most 254 characters, 64 before the `@`. */
export function isMailbox(text: unknown): boolean {
  return typeof text === 'string' && text.length <= 254 && text.indexOf('@') <= 64 && mailbox.test(text);
}

/**
 * The form in which two spellings of one address are equal: lower case. Providers may tell local parts apart by case;
 * none that people use does, and two recipients for one mailbox would be worse.
 */
export function normalMailbox(text: string): string {
  return text.toLowerCase();
}
