import type { Environment } from '@seek-pass-kit/core';
import { type Judgement, notChecked, ok, problem, warning } from './finding.ts';
import type { PublicVisit } from './judge-claim-pages.ts';

/** Where SEEK Pass fetches files from. */
export interface DocumentPlace {
  readonly baseUrl: string;
  readonly environment: Environment;
  /** The networks that may fetch; `undefined`: everybody who has an address of a document. */
  readonly callers: readonly string[] | undefined;
}

/** Judges how files get to SEEK Pass. `visit`: of an address at which there is no document. */
export function judgeDocuments(
  { baseUrl, environment, callers }: DocumentPlace,
  visit: PublicVisit,
): Judgement[] {
  return [
    ...judgeAllowList(new URL(baseUrl).hostname, environment),
    judgeAnswer(baseUrl, visit),
    judgeCallers(callers),
  ];
}

/** SEEK Pass fetches only from hosts that it has put on a list of its firewall (docs: "Redirect user"). */
function judgeAllowList(host: string, environment: Environment): Judgement[] {
  if (environment === 'sandbox') return [];
  return [
    notChecked(
      `SEEK Pass fetches files through a firewall, and only from hosts on its allow-list.`,
      `Ask SEEK Pass to put ${host} on the allow-list of ${environment}, if that was not done.`,
    ),
  ];
}

function judgeAnswer(baseUrl: string, visit: PublicVisit): Judgement {
  if (!visit.answered) {
    return warning(
      `Nothing answers at ${baseUrl} from here (${visit.code}).`,
      'Start "seek-pass serve", and let your proxy pass this address on to it.',
    );
  }
  return visit.status === 404 && visit.body === ''
    ? ok(`Files are served below ${baseUrl}.`)
    : problem(
        `${baseUrl} answers with ${visit.status}, and not with our files.`,
        'Let your proxy pass everything below this address on to "seek-pass serve".',
      );
}

function judgeCallers(callers: readonly string[] | undefined): Judgement {
  if (callers !== undefined) return ok('Only the networks of documents.callers may fetch files.');
  return warning(
    'Whoever has the address of a file may fetch it while its submission is open.',
    'Ask SEEK Pass which networks it fetches from, and list them in documents.callers.',
  );
}
