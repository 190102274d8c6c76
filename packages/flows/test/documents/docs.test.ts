import { readFile } from 'node:fs/promises';
import { credentialDefinitions } from '@seek-pass-kit/core';
import { expect, onTestFinished, test } from 'vitest';
import { createAddFlow } from '../../src/add-flow.ts';
import { documentTypeOf } from '../../src/documents/award-file.ts';
import { readDocumentOptions } from '../../src/documents/document-settings.ts';
import { generateKeyRing, keyRingFromText } from '../../src/keys/key-ring.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { microcredential, openAddFlow } from '../add-flow-fixture.ts';
import { pdf } from './document-fixture.ts';

const page = await readFile(
  new URL('../../../../apps/docs/docs/flows/documents.md', import.meta.url),
  'utf8',
);
const [setUp = '', award = '', callers = '', uploads = '', check = ''] = [
  ...page.matchAll(/^```ts\n(.*?)^```/gms),
].map(([, code = '']) => code.replace(/^ *import .* from '.*';$/gm, ''));

type Run = (...values: unknown[]) => Promise<unknown>;
const AsyncFunction = (async () => undefined).constructor as new (...texts: string[]) => Run;

/** Runs a block as it stands on the page, with these names at hand. */
async function run(code: string, names: Readonly<Record<string, unknown>>, result: string): Promise<unknown> {
  return new AsyncFunction(...Object.keys(names), `${code}\nreturn ${result};`)(...Object.values(names));
}

test('the code of the page on documents runs', async () => {
  const { context, seekPass, mails } = await openAddFlow();
  const store = createMemoryStore();
  onTestFinished(() => store.close());
  const flowSettings = {
    ...context,
    seekPass,
    store,
    keys: keyRingFromText(generateKeyRing()),
    claimKey: 'Yb2kq0PZ8rXn4dLw7sVtA1cHfJmQeUoGiB3xK6zR9vM',
    mail: mails,
  };
  const { flow, routes } = (await run(setUp, { createAddFlow, flowSettings }, '{ flow, routes }')) as {
    flow: ReturnType<typeof createAddFlow>;
    routes: unknown[];
  };
  expect(routes).toHaveLength(2);
  const result = await run(
    award,
    { flow, credential: microcredential(), readFile: async () => pdf.bytes },
    'result',
  );
  expect(result).toMatchObject({ result: 'created' });
  expect(await run(callers, { flow }, 'typeof handler')).toBe('function');
  const options = (await run(uploads, {}, 'documents')) as Parameters<typeof readDocumentOptions>[0];
  const { upload } = readDocumentOptions(options, seekPass, 'sandbox');
  const assets = [{ asset_id: 'a', upload_url: 'https://example.edu/up', content_type: 'application/pdf' }];
  expect(upload?.readLink({ assets }, 'a')).toEqual({
    url: 'https://example.edu/up',
    contentType: 'application/pdf',
  });
  const asked: unknown[] = [];
  const checkDocumentUrl = async (...of: unknown[]) => {
    asked.push(of);
    return { reachable: 'yes', because: 'file' };
  };
  expect(await run(check, { checkDocumentUrl }, 'because')).toBe('file');
  expect(asked).toEqual([['https://files.example.edu/104233.pdf', { type: 'pdf' }]]);
});

test('the page says which files each type takes', () => {
  for (const { type } of Object.values(credentialDefinitions)) {
    const line = page
      .split('\n')
      .find((one) => one.startsWith('|') && one.includes(`\`${type}\``) && !one.includes('value'));
    const files = (['pdf', 'png', 'jpg'] as const).filter(
      (file) => documentTypeOf({ credential_type: type }, file) !== undefined,
    );
    const said = (['pdf', 'png', 'jpg'] as const).filter((file) => line?.includes(`\`${file}\``));
    expect([type, said]).toEqual([type, files]);
  }
});
