import type { ErasureReport, ErasureStanding, KeptData, RemovedData } from '@seek-pass-kit/flows';
import type { Terminal } from '../terminal/terminal.ts';
import { printable } from '../terminal/printable.ts';
import { wrapAfter } from '../terminal/wrap-text.ts';

type Colors = Terminal['colors'];

/** What an erasure did, would do, or why it did nothing, for a person. `columns`: of the terminal, if it is one. */
export function reportLines(report: ErasureReport, colors: Colors, columns: number | undefined): string[] {
  switch (report.outcome) {
    case 'nothing_found':
      return wrapAfter(
        '',
        'There is nobody like this on record. Whoever was erased before is found by the key of an award only.',
        columns,
      );
    case 'already_erased':
      return wrapAfter(
        '',
        'Erased before: what is left is the record that is kept. To destroy that too, see --all.',
        columns,
      );
    case 'held':
      return [
        colors.red('Nothing was erased: a hold is in the way.'),
        ...report.holds.flatMap(({ on, reason, at, who }) =>
          wrapAfter(
            '  ',
            `on the ${on}, because of ${inWords(reason)}, since ${dayOf(at)}, by ${printable(who)}`,
            columns,
          ),
        ),
        'Lift it with "seek-pass erase lift" when it may go.',
      ];
    case 'would_erase':
    case 'erased':
      return erasedLines(report, colors, columns);
  }
}

function erasedLines(
  {
    outcome,
    erasureId,
    awards,
    removed,
    kept,
    standing,
  }: Extract<ErasureReport, { readonly erasureId: string }>,
  { bold, green }: Colors,
  columns: number | undefined,
): string[] {
  const done = outcome === 'erased';
  return [
    done ? green(`Erased. This is erasure ${erasureId}.`) : bold('This would be erased:'),
    ...awards.map(
      ({ maskedKey, credentialType, version, state }) =>
        `  ${printable(maskedKey ?? '(key unreadable)')}  ${credentialType}, version ${version}, ${state}`,
    ),
    bold(done ? 'Removed' : 'Would be removed'),
    ...Object.entries(removed)
      .filter(([, count]) => count > 0)
      .flatMap(([what, count]) =>
        wrapAfter(`  ${count}  `, removedWords[what as keyof RemovedData], columns),
      ),
    bold(done ? 'Kept' : 'Would be kept'),
    ...kept.flatMap(({ what, count }) => wrapAfter(`  ${count}  `, keptWords[what], columns)),
    ...(done ? wrapAfter('', standingLine(standing), columns) : []),
  ];
}

const removedWords: Readonly<Record<keyof RemovedData, string>> = {
  recipients: 'addresses, with names, ids and facts',
  awardContents: 'what awards hold',
  mails: 'lines about mails',
  mutes: 'notes on what an address does not get',
  claimSessions: 'open claim pages',
  documents: 'files',
  verifications: 'results of verifications',
};

const keptWords: Readonly<Record<KeptData['what'], string>> = {
  award_record: 'records of awards, which the institution has to keep, under a new key',
  award_trace: 'that there was an award, its kind and dates, found by its key: the proof of this erasure',
  history: 'histories of awards, which name nobody',
  suppression: 'keyed hashes, so that no later import awards it again ("seek-pass erase allow" lifts them)',
  open_submission: 'submissions open at SEEK Pass: asked about by id until they end',
  wallet_copy: 'copies in the SEEK Pass wallet: the person’s own, which nobody can recall',
  others_at_address: 'others at the same address: erase them by --email if they are meant too',
};

/** How far an erasure has come, and what is to be done. */
function standingLine(standing: ErasureStanding): string {
  if (standing.standing === 'complete')
    return `Complete since ${dayOf(standing.since)}: no backup opens any more.`;
  return standing.on === 'key_in_use'
    ? 'Pending: a restored backup of the database could still be read with the key ring as it is. Run "seek-pass erase finish".'
    : `Pending until ${dayOf(standing.until)}: then the last backup of the secrets file with the former keys has expired.`;
}

/** `2026-11-21`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** A name of a list as a person reads it. */
export function inWords(name: string): string {
  return name.replaceAll('_', ' ');
}
