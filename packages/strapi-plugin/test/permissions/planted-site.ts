import type { Mapping } from '../../contract/mapping.ts';
import type { RunDetail } from '../../contract/runs.ts';
import { issueAward } from '../claims/issued-award.ts';
import { issueCompletion } from '../issuances/issued-completions.ts';
import { courseMapping } from '../mapping/course-mapping.ts';
import { startRun, tickedRun } from '../runs/follow-run.ts';
import type { StaffMember } from '../site/staff-member.ts';
import type { Site } from '../site/start-site.ts';

/** A site with awards of people whose names are easy to find in an answer. */
export interface PlantedSite {
  /** An entry that somebody else made, and that was issued. */
  readonly place: { readonly contentType: string; readonly documentId: string };
  readonly awardId: string;
  readonly person: { readonly fullName: string; readonly email: string };
  /** Another one, to be withdrawn. */
  readonly withdrawn: { readonly place: PlantedSite['place']; readonly awardId: string };
  /** Runs of the asker, over the entry and over one whose person has a wrong address. */
  readonly waitingRun: string;
  readonly endedRun: string;
  readonly mapping: Mapping;
}

/** In names, addresses and student numbers of people whose entries somebody else made. */
export const ofEntries = /planted/i;
/** In the name and the address of somebody who was imported: that award comes from no entry. */
export const ofImport = /importfound/i;

const contentType = 'api::completion.completion';

/** Plants awards, and runs of `asker`, who may do everything meanwhile. */
export async function plantAwards(site: Site, asker: StaffMember): Promise<PlantedSite> {
  const person = { fullName: 'Mai Planted', email: 'mai@planted.example' };
  const issued = await issueCompletion(site, { ...person, course: 'Forklift Safety' });
  const withdrawn = await issueCompletion(site, {
    fullName: 'Wulan Planted',
    email: 'wulan@planted.example',
    course: 'Welding',
  });
  const wrong = await issueCompletion(site, {
    fullName: 'Sione Planted',
    email: 'sione@planted.example',
    course: 'First Aid',
  });
  const { strapi } = site;
  // Past Strapi, which refuses such an address.
  await strapi.db
    .connection('learners')
    .where({ email: 'sione@planted.example' })
    .update({ email: 'sione planted@@example', full_name: 'Sione Planted https://planted.example' });
  await strapi.db.connection('learners').update({
    student_number: strapi.db.connection.raw("'PLANTED-' || id"),
  });
  await issueAward(site, 'IMPORTFOUND-1', {
    fullName: 'Hana Importfound',
    email: 'hana@importfound.example',
  });
  const request = tickedRun([issued.documentId, wrong.documentId]);
  const { id: waitingRun }: RunDetail = await startRun(asker, request);
  const { id: endedRun }: RunDetail = await startRun(asker, request);
  await asker.ask('POST', `/seek-pass/runs/${endedRun}/cancel`);
  return {
    place: { contentType, documentId: issued.documentId },
    awardId: issued.awardId,
    person,
    withdrawn: {
      place: { contentType, documentId: withdrawn.documentId },
      awardId: withdrawn.awardId,
    },
    waitingRun,
    endedRun,
    mapping: courseMapping,
  };
}
