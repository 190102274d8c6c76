import { performance } from 'node:perf_hooks';
import { median, round } from './measure.mjs';
import { seedAwards } from './seeded-awards.mjs';
import { startStrapiSite } from './strapi-site.mjs';

/** The questions that the list is asked, each as staff do. */
const questions = {
  'of everything': '',
  'of one state': '?state=rejected',
  'of what is open': '?state=open',
  'of one content type': '?contentType=api::completion.completion',
  'of a content type with ten of them': '?contentType=api::course.course',
  'of one administrator': '?who=strapi:2',
  'of one run': '?run=seeded-run-3',
  'of what needs a person': '?attention=person',
  'of what expires soon': '?attention=expiring',
  'of a day long ago': `?until=${Date.now() - 300 * 24 * 3_600_000}`,
};

const [, , count = '100000'] = process.argv;
const site = await startStrapiSite();
try {
  await seedAwards(site.strapi, Number(count));
  const times = {};
  for (const [name, query] of Object.entries(questions)) {
    const path = `/seek-pass/issuances${query}`;
    await site.admin.ask(path);
    const rounds = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const start = performance.now();
      await site.admin.ask(path);
      rounds.push(performance.now() - start);
    }
    times[name] = round(median(rounds));
  }
  process.send(times);
} finally {
  await site.close();
}
process.exit();
