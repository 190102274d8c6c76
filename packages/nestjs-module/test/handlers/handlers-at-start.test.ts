import { type CanActivate, Controller, Injectable, Module, type Provider, UseGuards } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { getRegistrationToken } from '../../src/injection/tokens.ts';
import {
  type HandlerOptions,
  OnAward,
  OnSeekPassEvent,
  OnVerification,
  SeekPassModule,
} from '../../src/index.ts';
import type { Registration } from '../../src/registration/registration.ts';
import { startTestSeekPass } from '../../src/testing/index.ts';

interface Start {
  readonly without?: 'verifyFlow';
  readonly controllers?: Array<new () => unknown>;
  readonly more?: ReadonlyArray<new () => unknown>;
}

/** Starts an application with these providers; gives the names that each registration stores outcomes under. */
async function start(providers: Provider[], { without, controllers = [], more = [] }: Start = {}) {
  const seekPass = await startTestSeekPass();
  onTestFinished(() => seekPass.close());
  const options = seekPass.options({ logger: false, worker: false });
  const { webhooks: _webhooks, addFlow: _addFlow, claimPages: _pages, ...hr } = options;
  const { verifyFlow: _verifyFlow, ...rest } = options;
  const testing = await Test.createTestingModule({
    imports: [
      SeekPassModule.forRoot(without === undefined ? options : rest),
      SeekPassModule.forRoot({
        ...hr,
        name: 'hr',
        verifyFlow: { callbackBaseUrl: 'https://portal.example.edu/hr' },
      }),
      ...more,
    ],
    controllers,
    providers,
  }).compile();
  const app = testing.createNestApplication({ logger: false });
  onTestFinished(() => app.close());
  await app.init();
  const names = (name?: string) => {
    const { handlers } = app.get<Registration>(getRegistrationToken(name), { strict: false });
    const { event, award, verification } = handlers;
    return [event, award, verification].map((record) => Object.keys(record).sort());
  };
  return { names };
}

describe('the start', () => {
  test('finds handlers of providers and controllers, of the registration that they name', async () => {
    @Injectable()
    class Diplomas {
      @OnAward('added')
      onAdded(): void {}

      @OnVerification('decided', 'held', { client: 'hr' })
      onDecided(): void {}
    }
    @Controller('hooks')
    class Hooks {
      @OnSeekPassEvent('vwsp_request.verified', { id: 'front-desk' })
      @OnSeekPassEvent('vwsp_request.canceled', { id: 'front-desk' })
      onEvent(): void {}
    }
    const { names } = await start([Diplomas], { controllers: [Hooks] });
    expect(names()).toEqual([['front-desk', 'verify'], ['Diplomas-onAdded', 'log'], ['log']]);
    expect(names('hr')).toEqual([[], [], ['Diplomas-onDecided', 'log']]);
  });

  test('finds inherited methods under the name of the class that is provided', async () => {
    abstract class Listener {
      @OnAward('added')
      onAdded(): void {}

      @OnAward('declined')
      onDeclined(): void {}

      @OnAward('expired')
      onExpired(): void {}
    }
    @Injectable()
    class Diplomas extends Listener {
      override onDeclined(): void {}

      @OnAward('expired', { id: 'late' })
      override onExpired(): void {}
    }
    const { names } = await start([Diplomas]);
    expect(names()[1]).toEqual(['Diplomas-onAdded', 'Diplomas-onDeclined', 'late', 'log']);
  });

  test('finds one provider once, whatever names it is provided under', async () => {
    @Injectable()
    class Diplomas {
      @OnAward('added')
      onAdded(): void {}
    }
    const { names } = await start([
      { provide: 'again', inject: [Diplomas], useFactory: (diplomas: Diplomas) => diplomas },
      Diplomas,
      { provide: 'alias', useExisting: Diplomas },
      { provide: 'nothing', useValue: null },
      { provide: 'text', useValue: 'text' },
      { provide: 'bare', useValue: Object.create(null) },
    ]);
    expect(names()[1]).toEqual(['Diplomas-onAdded', 'log']);
  });

  test('takes settings that are not set for settings that are not there', async () => {
    const unset: HandlerOptions = JSON.parse('{}') as HandlerOptions;

    @Injectable()
    class Diplomas {
      @OnAward('added', { client: unset.client, id: unset.id } as HandlerOptions)
      onAdded(): void {}
    }
    expect((await start([Diplomas])).names()[1]).toEqual(['Diplomas-onAdded', 'log']);
  });

  test('makes names that stores take, each of its own', async () => {
    @Injectable()
    class $Diplomas {
      @OnAward('added')
      on$Added(): void {}

      @OnAward('expired', { id: '__proto__' })
      onExpired(): void {}

      @OnAward('declined')
      aMethodWhoseNameGoesOnAndOnAndOnUntilNobodyWantsToReadItAnyMoreA(): void {}

      @OnAward('declined')
      aMethodWhoseNameGoesOnAndOnAndOnUntilNobodyWantsToReadItAnyMoreB(): void {}
    }
    const [, award = []] = (await start([$Diplomas])).names();
    expect(award).toHaveLength(5);
    expect(award).toContain('__proto__');
    expect(award).toContain('_Diplomas-on_Added');
    for (const name of award) expect(name).toMatch(/^[A-Za-z0-9_-]{1,63}$/);
  });
});

describe('the start is stopped by a handler', () => {
  test('of a registration that is not there', async () => {
    @Injectable()
    class Diplomas {
      @OnAward('added', { client: 'law' })
      onAdded(): void {}
    }
    await expect(start([Diplomas])).rejects.toThrow(
      "@OnAward on Diplomas.onAdded: there is no SeekPassModule 'law'. Name one of these with its option client: 'default', 'hr'.",
    );
  });

  test('of a registration that lacks what it is about', async () => {
    @Injectable()
    class Diplomas {
      @OnAward('added', { client: 'hr' })
      onAdded(): void {}
    }
    @Injectable()
    class Hooks {
      @OnSeekPassEvent('*', { client: 'hr' })
      onEvent(): void {}
    }
    await expect(start([Diplomas])).rejects.toThrow(
      "@OnAward on Diplomas.onAdded: SeekPassModule 'hr' has no add flow: set its option addFlow, or remove the decorator.",
    );
    await expect(start([Hooks])).rejects.toThrow(
      "@OnSeekPassEvent on Hooks.onEvent: SeekPassModule 'hr' has no inbox: set its option webhooks (without `withoutInbox`), or remove the decorator.",
    );
  });

  test('of verifications without a verify flow', async () => {
    @Injectable()
    class Diplomas {
      @OnVerification('*')
      on(): void {}
    }
    await expect(start([Diplomas], { without: 'verifyFlow' })).rejects.toThrow(
      "@OnVerification on Diplomas.on: SeekPassModule 'default' has no verify flow",
    );
  });

  test('whose id cannot be a name', async () => {
    @Injectable()
    class Diplomas {
      @OnAward('added', { id: 'on added' })
      onAdded(): void {}
    }
    await expect(start([Diplomas])).rejects.toThrow(
      '@OnAward on Diplomas.onAdded: the id "on added" must be 1 to 63 letters, digits, - and _: outcomes are stored under it.',
    );
  });

  test('whose name another one has', async () => {
    @Injectable()
    class Diplomas {
      @OnAward('added', { id: 'mail' })
      onAdded(): void {}
    }
    @Injectable()
    class Letters {
      @OnAward('declined', { id: 'mail' })
      onDeclined(): void {}
    }
    await expect(start([Diplomas, Letters])).rejects.toThrow(
      '@OnAward on Letters.onDeclined: the name "mail" is taken by Diplomas.onAdded. Give one of them an id of its own, or provide the class once.',
    );
  });

  test('whose name the module itself has', async () => {
    @Injectable()
    class Diplomas {
      @OnSeekPassEvent('*', { id: 'verify' })
      onEvent(): void {}
    }
    await expect(start([Diplomas])).rejects.toThrow(
      `the name "verify" is taken by SeekPassModule 'default' itself`,
    );
  });

  test('whose class two modules provide, each with an instance of its own', async () => {
    @Injectable()
    class Diplomas {
      @OnAward('added')
      onAdded(): void {}
    }
    @Module({ providers: [Diplomas] })
    class LettersModule {}
    await expect(start([Diplomas], { more: [LettersModule] })).rejects.toThrow(
      /is taken by Diplomas\.onAdded/,
    );
  });

  test('whose guard Nest would leave out without a word', async () => {
    @Injectable()
    class StaffGuard implements CanActivate {
      canActivate(): boolean {
        return false;
      }
    }
    @Injectable()
    class Diplomas {
      @OnAward('added')
      @UseGuards(StaffGuard)
      onAdded(): void {}
    }
    await expect(start([{ provide: 'diplomas', useClass: Diplomas }])).rejects.toThrow(
      '@OnAward on Diplomas.onAdded: Nest does not make StaffGuard here, and would call the method without.',
    );
    await expect(start([{ provide: 'diplomas', useFactory: () => new Diplomas() }])).rejects.toThrow(
      'Provide Diplomas as a class (`providers: [Diplomas]`), or decorate with an instance (`new StaffGuard()`).',
    );
  });

  test('of no type, when the class is read', () => {
    const decorate = OnAward as unknown as () => MethodDecorator;
    const read = () => {
      class Diplomas {
        @decorate()
        onAdded(): void {}
      }
      return Diplomas;
    };
    expect(read).toThrow("@OnAward on onAdded: name a type of events, or '*' for all.");
  });

  test('that is no method of instances, when the class is read', () => {
    const read = () => {
      class Diplomas {
        @OnAward('added')
        static onAdded(): void {}
      }
      return Diplomas;
    };
    expect(read).toThrow('@OnAward on onAdded: it decorates methods of instances, by a name that is text.');
  });
});
