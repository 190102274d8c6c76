import type { AwardResult } from '@seek-pass-kit/flows';

/** What issuing did, in a sentence for staff. */
export function issuedWords(result: Exclude<AwardResult['result'], 'refused'>): string {
  switch (result) {
    case 'created':
      return 'Issued. The student gets a mail, and finds it in the portal.';
    case 'unchanged':
      return 'Nothing was done: exactly this was issued before.';
    case 'replaces':
      return 'Issued again, corrected. It takes the place of the earlier one, also in a wallet that has it.';
    case 'adds-a-second':
      return 'Issued again, corrected. A wallet that has the earlier one will hold both: tell the student which one counts.';
    case 'undocumented':
      return 'Issued again, corrected. What a wallet does that has the earlier one is not documented: look into it with the student.';
  }
}
