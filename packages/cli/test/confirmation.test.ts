import type { Brake } from '@seek-pass-kit/flows/bulk';
import { expect, test } from 'vitest';
import type { CommandContext } from '../src/command-context.ts';
import { askWhetherCanaryArrived, isConfirmed } from '../src/issuing/consent.ts';
import type { Questions } from '../src/terminal/questions.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

const small: Brake = {
  awards: 40,
  newAwards: 40,
  corrections: 0,
  needsConfirmation: false,
  canary: 0,
  mostRefused: 10,
  tooManyRefused: false,
};
const large: Brake = {
  ...small,
  awards: 1200,
  newAwards: 1190,
  corrections: 10,
  needsConfirmation: true,
  canary: 10,
};

/** A person who types this, or presses yes. */
function person({ types = '', yes = false }: { types?: string; yes?: boolean }): Questions {
  return {
    text: () => Promise.resolve(types),
    secret: () => Promise.reject(new Error('No secret is needed.')),
    choice: () => Promise.reject(new Error('Nothing is to be chosen.')),
    confirm: () => Promise.resolve(yes),
  };
}

function contextWith(questions?: Questions): CommandContext & { readonly said: () => string } {
  const { terminal, err } = fakeTerminal();
  return {
    terminal,
    environment: {},
    ...(questions === undefined ? {} : { questions }),
    who: 'cli:test',
    now: () => 0,
    stopped: () => new Promise(() => undefined),
    said: () => err.text,
  };
}

test.each<[string, Brake, { yes?: true; confirm?: number; json?: true }, Questions | undefined, boolean]>([
  ['a script that says nothing', small, {}, undefined, false],
  ['a script that says yes', small, { yes: true }, undefined, true],
  ['a script that says yes to a large file', large, { yes: true }, undefined, false],
  ['a script that says another number', large, { confirm: 1199 }, undefined, false],
  ['a script that says the number', large, { confirm: 1200 }, undefined, true],
  ['a person who presses yes', small, {}, person({ yes: true }), true],
  ['a person who presses no', small, {}, person({}), false],
  ['a person who types the number', large, {}, person({ types: '1200' }), true],
  [
    'a person who only says yes to a large file',
    large,
    { yes: true },
    person({ yes: true, types: 'yes' }),
    false,
  ],
  ['--json at a terminal, where nobody is asked', small, { json: true }, person({ yes: true }), false],
])('%s', async (_, brake, consent, questions, confirmed) => {
  const context = contextWith(questions);
  expect(await isConfirmed(brake, consent, context)).toBe(confirmed);
  if (!confirmed) expect(context.said()).toContain('Nothing was issued');
});

test('a script is told the number that it has to confirm', async () => {
  const context = contextWith();
  await isConfirmed(large, {}, context);
  expect(context.said()).toContain('--confirm 1200');
  expect(context.said()).not.toContain('--yes');
});

test('a person is told which rows went out first', async () => {
  const context = contextWith();
  const canary = [{ row: 2, key: 'A', result: 'created', findings: [] }] as const;
  expect(await askWhetherCanaryArrived(canary, person({ yes: true }), context)).toBe(true);
  expect(context.said()).toContain('rows 2');
});
