import { setTimeout as delay } from 'node:timers/promises';
import { createNamespace } from '@seek-pass-kit/core';
import {
  createAddFlow,
  createMemoryStore,
  generateClaimKey,
  generateKeyRing,
  keyRingFromText,
} from '@seek-pass-kit/flows';
import { benchClient, clientId } from '../client.mjs';
import { round } from '../measure.mjs';
import { credential } from '../payload.mjs';

const origin = 'https://credentials.example.edu';
const perSecond = 200;
const languages = ['en', 'id', 'th', 'zh-Hant', 'vi', 'ms'];

/**
 * What the claim pages themselves take, without network and database: 200 requests a second for the first page, the page for the
 * code and the page of all awards, each from the moment it was due to its last byte. And how large those pages are.
 */
export async function claimPage({ quick }) {
  const seekPass = benchClient('http://127.0.0.1:9');
  try {
    const mails = [];
    const flow = await openFlow(seekPass, mails);
    const handler = flow.claimPages();
    const visits = [];
    for (let learner = 0; learner < 50; learner += 1)
      visits.push(...(await visitsOf(flow, handler, mails, learner)));
    await load(handler, visits, 2);
    globalThis.gc?.();
    const times = (await load(handler, visits, quick ? 5 : 20)).sort((a, b) => a - b);
    const pages = await Promise.all(
      visits.slice(0, 3).flatMap(({ url, cookie }) =>
        languages.map(async (language) => {
          const response = await handler(new Request(`${url}?lang=${language}`, { headers: { cookie } }));
          return response.text();
        }),
      ),
    );
    const bytes = Math.max(...pages.map((page) => Buffer.byteLength(page)));
    const elsewhere = pages.flatMap((page) => [
      ...page.matchAll(/<(?:img|link|script|iframe)\b[^>]*(?:src|href)="(?!\/|data:)/g),
    ]);
    return [
      {
        name: `a claim page, warm, at ${perSecond} requests/s: 99th percentile of our own time`,
        value: round(times[Math.floor(times.length * 0.99)] ?? Number.NaN, 2),
        unit: 'ms',
        bar: 15,
        better: 'lower',
        peers: {
          median: round(times[Math.floor(times.length / 2)] ?? Number.NaN, 2),
          requests: times.length,
        },
      },
      {
        name: 'the largest of these pages, in six languages',
        value: bytes,
        unit: 'bytes',
        bar: 20_000,
        better: 'lower',
      },
      {
        name: 'what they load from elsewhere',
        value: elsewhere.length,
        unit: 'files',
        bar: 0,
        better: 'lower',
      },
    ];
  } finally {
    await seekPass.close();
  }
}

/** Milliseconds from the moment each request was due, however late it was begun. */
async function load(handler, visits, seconds) {
  const times = [];
  const startedAt = performance.now();
  const running = [];
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const dueAt = startedAt + (n * 1_000) / perSecond;
    const early = dueAt - performance.now();
    if (early > 0) await delay(early);
    const { url, cookie } = visits[n % visits.length];
    const one = async () => {
      const response = await handler(new Request(url, { headers: { cookie } }));
      await response.text();
      times.push(performance.now() - dueAt);
      if (response.status !== 200) throw new Error(`A claim page got ${response.status}.`);
    };
    running.push(one());
  }
  await Promise.all(running);
  return times;
}

async function openFlow(seekPass, mails) {
  const flow = createAddFlow({
    environment: 'sandbox',
    clientId,
    seekPass,
    store: createMemoryStore(),
    keys: keyRingFromText(generateKeyRing()),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
    claimBaseUrl: `${origin}/claim`,
    brand: { name: 'Example University', helpEmail: 'help@example.edu' },
    mail: {
      async send(mail) {
        mails.push(mail.text);
        return { outcome: 'accepted' };
      },
    },
  });
  await flow.start();
  return flow;
}

/** One learner with three awards, on two devices: at the first page, at the page for the code, and proved. */
async function visitsOf(flow, handler, mails, learner) {
  const recipient = { fullName: credential.fields.full_name, email: `learner${learner}@example.edu` };
  const ids = [];
  for (const n of [1, 2, 3]) {
    const award = { key: `bench/${learner}/${n}`, recipient, credential };
    ids.push((await flow.award(award, { runId: 'bench', who: 'system' })).awardId);
  }
  const [awardId] = ids;
  const { url: link } = await flow.claimLink({ awardId, who: 'bench' });
  const cookies = new Map();
  const go = async (address, body) => {
    const cookie = cookieOf(cookies);
    const init =
      body === undefined
        ? { headers: { cookie } }
        : {
            method: 'POST',
            body,
            headers: { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
          };
    const response = await handler(new Request(new URL(address, origin), init));
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return location === null ? response.text() : go(location);
  };
  const csrf = /name="csrf" value="([^"]+)"/.exec(await go(link))?.[1] ?? '';
  await go(`/claim/${awardId}/code`, new URLSearchParams({ csrf }).toString());
  const waiting = cookieOf(cookies);
  const code = /\d{4} ?\d{4}/.exec(mails.at(-1))?.[0] ?? '';
  await go(`/claim/${awardId}/proof`, new URLSearchParams({ csrf, code }).toString());
  return [
    { url: `${origin}/claim/${awardId}`, cookie: waiting },
    { url: `${origin}/claim/${awardId}/code`, cookie: waiting },
    { url: `${origin}/claim/awards`, cookie: cookieOf(cookies) },
  ];
}

function cookieOf(cookies) {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
