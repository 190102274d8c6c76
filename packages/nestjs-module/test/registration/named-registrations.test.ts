import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { createNamespace, SeekPass } from '@seek-pass-kit/core';
import {
  type AddFlow,
  createMemoryStore,
  generateClaimKey,
  generateKeyRing,
  type Inbox,
  type VerifyFlow,
} from '@seek-pass-kit/flows';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  getAddFlowToken,
  getInboxToken,
  getSeekPassToken,
  getVerifyFlowToken,
  InjectSeekPass,
  SeekPassModule,
  type SeekPassModuleOptions,
} from '../../src/index.ts';

/** A registration of a group, as far as it differs from the others. */
interface Member {
  readonly name: string;
  readonly async: 'forRoot' | 'useFactory' | 'useClass' | 'useExisting';
  readonly parts: readonly ('addFlow' | 'verifyFlow' | 'webhooks')[];
  /** Whether it is stored under its own name, or one of its own. */
  readonly issuer: 'its name' | 'its own';
}

const keys = generateKeyRing();
const claimKey = generateClaimKey();
/** Of one run: the same name in the next one has a namespace of its own. */
let store = createMemoryStore();

const issuerOf = ({ name, issuer }: Member) => (issuer === 'its name' ? name : `issuer-of-${name}`);
const originOf = ({ name }: Member) => `https://${name}.seekpass.example`;
const pagesOf = ({ name }: Member) => `https://portal.example.edu/${name}`;

/** One store and one key ring for all: rows are told apart by the issuer only. */
function optionsOf(member: Member): SeekPassModuleOptions {
  const { name, parts, issuer } = member;
  const client = { environment: 'production', clientId: `client-of-${name}` } as const;
  return {
    ...client,
    baseUrl: originOf(member),
    clientSecret: 'bb1fa4c99e21d07a5be5e3d8',
    store,
    keys,
    brand: { name: `University ${name}` },
    logger: false,
    worker: false,
    ...(issuer === 'its own' ? { issuer: issuerOf(member) } : {}),
    ...(parts.includes('addFlow')
      ? {
          addFlow: {
            claimBaseUrl: `${pagesOf(member)}/claim`,
            namespace: createNamespace(client),
            claimKey,
            mail: { send: async () => ({ outcome: 'accepted' as const }) },
          },
        }
      : {}),
    ...(parts.includes('verifyFlow') ? { verifyFlow: { callbackBaseUrl: `${pagesOf(member)}/verify` } } : {}),
    ...(parts.includes('webhooks') ? { webhooks: { receiverUrl: `${pagesOf(member)}/webhooks` } } : {}),
  };
}

function moduleOf(member: Member) {
  const { name } = member;
  const options = optionsOf(member);

  @Injectable()
  class OptionsOfMember {
    create(): SeekPassModuleOptions {
      return options;
    }
  }

  @Module({ providers: [OptionsOfMember], exports: [OptionsOfMember] })
  class SettingsModule {}

  switch (member.async) {
    case 'forRoot':
      return SeekPassModule.forRoot({ name, ...options });
    // The text of the function is that of every other member's.
    case 'useFactory':
      return SeekPassModule.forRootAsync({ name, useFactory: async () => options });
    case 'useClass':
      return SeekPassModule.forRootAsync({ name, useClass: OptionsOfMember });
    case 'useExisting':
      return SeekPassModule.forRootAsync({ name, imports: [SettingsModule], useExisting: OptionsOfMember });
  }
}

const member = (name: string): fc.Arbitrary<Member> =>
  fc.record({
    name: fc.constant(name),
    async: fc.constantFrom('forRoot', 'useFactory', 'useClass', 'useExisting'),
    parts: fc.subarray(['addFlow', 'verifyFlow', 'webhooks']),
    issuer: fc.constantFrom('its name', 'its own'),
  });

const group = fc
  .uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/), { minLength: 1, maxLength: 5 })
  .chain((names) => fc.tuple(...names.map(member)));

test('no provider leaks between two named clients', async () => {
  await fc.assert(
    fc.asyncProperty(group, async (members) => {
      store = createMemoryStore();
      const app = await Test.createTestingModule({ imports: members.map(moduleOf) }).compile();
      try {
        for (const one of members) {
          const { name, parts } = one;
          const client = app.get<SeekPass>(getSeekPassToken(name));
          expect(client.redirectOrigin).toBe(originOf(one));
          const add = app.get<AddFlow>(getAddFlowToken(name));
          const verify = app.get<VerifyFlow>(getVerifyFlowToken(name));
          const inbox = app.get<Inbox>(getInboxToken(name));
          if (parts.includes('addFlow')) {
            expect(add.context.seekPass).toBe(client);
            expect(add.context).toMatchObject({
              issuer: issuerOf(one),
              clientId: `client-of-${name}`,
              claimBaseUrl: `${pagesOf(one)}/claim`,
              brand: { name: `University ${name}` },
            });
          } else {
            expect(() => add.context).toThrow(
              `SeekPassModule '${name}' has no add flow: set its option addFlow`,
            );
          }
          if (parts.includes('verifyFlow')) {
            expect(verify.context.seekPass).toBe(client);
            expect(verify.context).toMatchObject({
              issuer: issuerOf(one),
              callbackBaseUrl: `${pagesOf(one)}/verify`,
            });
          } else {
            expect(() => verify.context).toThrow(`SeekPassModule '${name}' has no verify flow`);
          }
          if (parts.includes('webhooks')) {
            expect(inbox.urlsWithoutSecret()).toEqual([`${pagesOf(one)}/webhooks`]);
          } else {
            expect(() => inbox.urlsWithoutSecret()).toThrow(`SeekPassModule '${name}' has no webhook inbox`);
          }
        }
        const clients = members.map(({ name }) => app.get<SeekPass>(getSeekPassToken(name)));
        expect(new Set(clients).size).toBe(members.length);
        expect(() => app.get(SeekPass)).toThrow('could not find SeekPass');
      } finally {
        await app.close();
      }
    }),
    { numRuns: 40 },
  );
});

test('a module injects only from the registrations that it imports', async () => {
  @Injectable()
  class Sales {
    constructor(@InjectSeekPass('sales') readonly seekPass: SeekPass) {}
  }
  const of = (name: string) => moduleOf({ name, async: 'useFactory', parts: [], issuer: 'its name' });

  @Module({ imports: [of('hr')], providers: [Sales] })
  class PeopleModule {}

  await expect(Test.createTestingModule({ imports: [of('sales'), PeopleModule] }).compile()).rejects.toThrow(
    /can't resolve dependencies of the Sales .*client:sales/,
  );
});

test('a global registration is injected everywhere; the one without a name by its class, too', async () => {
  @Injectable()
  class Desk {
    constructor(
      @InjectSeekPass('hr') readonly hr: SeekPass,
      readonly usual: SeekPass,
      @InjectSeekPass() readonly same: SeekPass,
    ) {}
  }
  Reflect.defineMetadata('design:paramtypes', [SeekPass, SeekPass, SeekPass], Desk);

  @Module({ providers: [Desk] })
  class DeskModule {}

  const options = { async: 'forRoot', parts: [], issuer: 'its name' } as const;
  const app = await Test.createTestingModule({
    imports: [
      SeekPassModule.forRoot({ name: 'hr', isGlobal: true, ...optionsOf({ name: 'hr', ...options }) }),
      SeekPassModule.forRootAsync({
        isGlobal: true,
        useFactory: () => optionsOf({ name: 'usual', ...options }),
      }),
      DeskModule,
    ],
  }).compile();
  const desk = app.get(Desk, { strict: false });
  expect(desk.hr.redirectOrigin).toBe('https://hr.seekpass.example');
  expect(desk.usual.redirectOrigin).toBe('https://usual.seekpass.example');
  expect(desk.same).toBe(desk.usual);
  await app.close();
});

test('two registrations with one name do not start', async () => {
  const options = { async: 'forRoot', parts: [], issuer: 'its name' } as const;
  const imports = [
    SeekPassModule.forRoot({ name: 'hr', ...optionsOf({ name: 'hr', ...options }) }),
    SeekPassModule.forRootAsync({ name: 'hr', useFactory: () => optionsOf({ name: 'sales', ...options }) }),
  ];
  await expect(Test.createTestingModule({ imports }).compile()).rejects.toThrow(
    "SeekPassModule 'hr': this application registers that name twice.",
  );
  // In two applications it is two names.
  for (const module of imports) {
    await (await Test.createTestingModule({ imports: [module] }).compile()).close();
  }
});

test('two registrations with one path are told with both names', async () => {
  const options = { async: 'forRoot', parts: ['webhooks'], issuer: 'its name' } as const;
  const imports = ['hr', 'sales'].map((name) =>
    SeekPassModule.forRoot({
      name,
      ...optionsOf({ name, ...options }),
      webhooks: { receiverUrl: `https://${name}.example.edu/webhooks` },
    }),
  );
  const app = (await Test.createTestingModule({ imports }).compile()).createNestApplication({
    logger: false,
  });
  await expect(app.init()).rejects.toThrow(
    /SeekPassModule '(hr|sales)': \/webhooks is served by SeekPassModule '(hr|sales)' already/,
  );
});
