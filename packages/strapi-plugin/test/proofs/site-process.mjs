// The site of fixtures/site in a process of its own, which its parent starts, asks and ends. Says where it listens, then answers.
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi');
const folder = join(import.meta.dirname, '../../fixtures/site');
const strapi = await createStrapi({ appDir: folder, distDir: folder, serveAdminPanel: false }).start();
const plugin = strapi.plugin('seek-pass');
// Works when it is asked to, and at no other time.
if (process.env.BY_HAND === 'yes')
  for (const job of ['work', 'runs', 'automation']) strapi.cron.remove(`seek-pass.${job}`);
const connection = () => plugin.service('connection').required();

const words = {
  tick: () => plugin.service('connection').tick(),
  work: () => plugin.service('runs').work(),
  automate: () => plugin.service('automation').run(),
  settings: () => connection().settings,
  problem: () => plugin.service('connection').problem() ?? null,
  counts: () => connection().addFlow.counts(),
  /** Issues awards `<prefix>-<number>`. Gives their ids and links. */
  async award(prefix, count) {
    const { addFlow } = connection();
    const awards = [];
    for (let number = 0; number < count; number += 1) {
      const recipient = { fullName: 'Mei Lin Tan', email: `${prefix}-${number}@learners.example` };
      const fields = {
        full_name: recipient.fullName,
        issuer_name: 'Wattle Bay Training',
        microcredential_name: 'First Aid',
        issue_date: '2026-02-20',
      };
      const key = `${prefix}-${number}`;
      const credential = { credential_type: 'microcredential', fields };
      const { awardId } = await addFlow.award({ key, recipient, credential }, { who: 'strapi:1' });
      const { url } = await addFlow.claimLink({ awardId, who: 'strapi:1' });
      awards.push({ awardId, url });
    }
    return awards;
  },
  /** For how much this process is ahead of the machine. */
  ahead(ms) {
    const { now } = Date;
    Date.now = () => now() + ms;
  },
  /** From now on the e-mail provider takes mails and does not answer, until `answerMails`. */
  holdMails() {
    globalThis.mailAnswer = new Promise((resolve) => {
      globalThis.answerMails = resolve;
    });
  },
  answerMails: () => globalThis.answerMails(),
  /** A draft of an entry that can be issued. Gives its document id. */
  async draft(reference) {
    const create = (uid, data, status) => strapi.documents(uid).create({ data, ...(status && { status }) });
    const email = `${reference}@learners.example`;
    const learner = await create('api::learner.learner', { fullName: 'Mei Lin Tan', email });
    const course = await create('api::course.course', { title: 'First Aid', hours: 8 }, 'published');
    const of = { learner: learner.documentId, course: course.documentId };
    const entry = await create('api::completion.completion', {
      reference,
      completedOn: '2026-05-02',
      ...of,
    });
    return entry.documentId;
  },
  /** As if the time had passed that a process has to give a sign of life. */
  async leasesEnd() {
    const knex = strapi.db.connection;
    await knex('seek_pass_automated_entries').update({ leased_until: 0 });
    await knex('seek_pass_jobs').where({ state: 'leased' }).update({ claimable_at: 0 });
  },
  /** From now on the process is killed as soon as an award is stored. */
  endAtAward() {
    const { addFlow } = connection();
    const award = addFlow.award.bind(addFlow);
    addFlow.award = async (...issuing) => {
      await award(...issuing);
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => undefined);
    };
  },
  /** From now on the process is killed, or stops, when awards were issued and before it is noted which entries they came from. */
  endAtNote(signal) {
    const awards = plugin.service('entry-awards');
    const note = awards.note.bind(awards);
    awards.note = async (awarded) => {
      awards.note = note;
      process.kill(process.pid, signal);
      // A stopped process goes on in the middle of what it did.
      await new Promise((resolve) => setTimeout(resolve, signal === 'SIGKILL' ? 60_000 : 50));
      return note(awarded);
    };
  },
};

// Code of the site that hears of awards. `DIE_IN_EVENT`: the process is killed while it hears.
if (process.env.EVENT_FILE !== undefined) {
  strapi.eventHub.on('seek-pass.award.issued', async ({ awardId }) => {
    appendFileSync(process.env.EVENT_FILE, `${awardId}\n`);
    if (process.env.DIE_IN_EVENT === 'yes') process.kill(process.pid, 'SIGKILL');
  });
}

process.on('message', async ({ number, word, given }) => {
  try {
    process.send({ number, answer: await words[word](...given) });
  } catch (error) {
    process.send({ number, error: error instanceof Error ? error.message : String(error) });
  }
});
// Without its parent nobody would end it.
process.on('disconnect', () => process.exit(1));
process.send({ url: `http://127.0.0.1:${strapi.server.httpServer.address().port}` });
