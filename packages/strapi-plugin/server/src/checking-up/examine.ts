import type { Core } from '@strapi/types';
import type { Finding } from '../../../contract/settings.ts';
import { serviceOf } from '../plugin-services.ts';
import type { SiteSettings } from '../settings/site-settings.ts';
import { lookAtClaimPages } from './look-at-claim-pages.ts';
import { lookAtMail } from './look-at-mail.ts';
import { lookAtSeekPass } from './look-at-seek-pass.ts';

/**
 * Looks at every part of the setup and changes none: a token for each scope, the clock, the claim pages at their public address, the mail, the keys
 * and the work. It shows staff sentences; no secret, and nothing that another server wrote, is in them.
 */
export async function examine(strapi: Core.Strapi, settings: SiteSettings): Promise<readonly Finding[]> {
  const problem = serviceOf(strapi, 'connection').problem();
  if (problem !== undefined) {
    return problem.split('\n').map((found) => ({ area: 'seek_pass', result: 'problem', found }));
  }
  const [seekPass, claimPages] = await Promise.all([
    looking('seek_pass', lookAtSeekPass(settings)),
    looking('claim_pages', lookAtClaimPages(settings)),
  ]);
  return [
    ...seekPass,
    ...claimPages,
    ...lookAtMail(strapi, settings),
    lookAtKeys(settings),
    lookAtWork(settings),
  ];
}

/** Of an error that nobody foresaw only that there was one: its message may hold anything. */
async function looking(
  area: Finding['area'],
  look: Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look;
  } catch {
    return [
      {
        area,
        result: 'not_checked',
        found: 'The check itself failed.',
        remedy: 'Run it again; if it fails again, please report it.',
      },
    ];
  }
}

function lookAtKeys({ config }: SiteSettings): Finding {
  return {
    area: 'keys',
    result: 'not_checked',
    found: `The keys are in ${config.keys === undefined ? 'the key file of this site' : 'the environment of this site'}; whether they have a backup cannot be seen from here.`,
    remedy:
      'Keep one apart from the backups of the database: without the keys no stored name can be read and no mailed link works.',
  };
}

function lookAtWork({ config }: SiteSettings): Finding {
  if (config.work !== false) {
    return {
      area: 'work',
      result: 'ok',
      found: 'This instance sends mails and asks what became of credentials.',
    };
  }
  return {
    area: 'work',
    result: 'warning',
    found: 'This instance does no work (work is false).',
    remedy: 'See that another instance of the site does it: without one no mail is sent.',
  };
}
