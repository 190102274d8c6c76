import type { AddFlow, AwardInput } from '@seek-pass-kit/flows';
import type { Site } from '../site/start-site.ts';

/** The learner of these tests. */
export const lan = { fullName: 'Nguyễn Thị Lan', email: 'lan@learners.example' };

/** The add flow that the plugin has open. */
export function addFlowOf({ strapi }: Pick<Site, 'strapi'>): AddFlow {
  const connection = strapi.plugin('seek-pass').service<{ required(): { addFlow: AddFlow } }>('connection');
  return connection.required().addFlow;
}

/** Issues one award past the pages of staff. Gives its id and its link. */
export async function issueAward(
  site: Pick<Site, 'strapi'>,
  key: string,
  recipient: AwardInput['recipient'] = lan,
): Promise<{ readonly awardId: string; readonly link: string }> {
  const addFlow = addFlowOf(site);
  const result = await addFlow.award(
    {
      key,
      recipient,
      credential: {
        credential_type: 'microcredential',
        fields: {
          full_name: recipient.fullName,
          issuer_name: 'Wattle Bay Training',
          microcredential_name: 'Forklift Safety',
          issue_date: '2026-02-20',
        },
      },
    },
    { runId: `run-${key}`, who: 'strapi:1' },
  );
  if (result.result === 'refused') throw new Error(JSON.stringify(result.problems));
  const { awardId } = result;
  const link = await addFlow.claimLink({ awardId, who: 'strapi:1' });
  if (link.outcome !== 'link') throw new Error(link.outcome);
  return { awardId, link: link.url };
}
