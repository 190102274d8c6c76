import type { Finding } from '../../../contract/settings.ts';
import type { SiteSettings } from '../settings/site-settings.ts';

const patienceMs = 10_000;
const area = 'claim_pages';

/** Asks for a page that there is not, at the public address, as a learner's browser would. Of the answer only its kind is told. */
export async function lookAtClaimPages({ values }: SiteSettings): Promise<readonly Finding[]> {
  const { claimBaseUrl = '' } = values;
  let answer: Response;
  try {
    // No award has such an id: an answer costs the site nothing, and its log holds nothing.
    answer = await fetch(`${claimBaseUrl}/connection-test`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch {
    return [
      {
        area,
        result: 'warning',
        found: `Nothing answers at ${claimBaseUrl} from this server.`,
        remedy:
          'Open the address in a browser: a server may not reach its own public name. If nothing answers there either, have your proxy pass it on to Strapi.',
      },
    ];
  }
  const policy = answer.headers.get('content-security-policy') ?? '';
  await answer.body?.cancel();
  if (
    answer.status !== 404 ||
    !policy.includes("frame-ancestors 'none'") ||
    !policy.includes('form-action')
  ) {
    return [
      {
        area,
        result: 'problem',
        found: `Something else than the claim pages answers at ${claimBaseUrl}.`,
        remedy:
          'Have your proxy pass everything below this address on to Strapi, path, Host and headers of the answers unchanged.',
      },
    ];
  }
  return [{ area, result: 'ok', found: `The claim pages answer at ${claimBaseUrl}.` }];
}
