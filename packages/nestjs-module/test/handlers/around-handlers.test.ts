import {
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Inject,
  Injectable,
  Module,
  type NestInterceptor,
  Scope,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { APP_GUARD, REQUEST } from '@nestjs/core';
import type { AwardEvent } from '@seek-pass-kit/flows';
import { tap } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { OnAward, type SeekPassContextType } from '../../src/index.ts';
import { openHandlers } from './open-handlers.ts';

/** What ran, in its order. */
const ran: string[] = [];
const noted = (line: string) => ran.push(line);

@Injectable()
class Clerk {
  readonly name = 'clerk';
}

@Injectable()
class StaffGuard implements CanActivate {
  static allows = true;

  constructor(@Inject(Clerk) private readonly clerk: Clerk) {}

  canActivate(context: ExecutionContext): boolean {
    const [event] = context.getArgs<[AwardEvent]>();
    const where = `${context.getClass().name}.${context.getHandler().name}`;
    noted(`guard of ${this.clerk.name}: ${context.getType<SeekPassContextType>()} ${where} ${event.type}`);
    return StaffGuard.allows;
  }
}

@Injectable()
class Timing implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    noted('before');
    return next.handle().pipe(tap(() => noted('after')));
  }
}

@Injectable()
@Controller()
@UseGuards(StaffGuard)
class Diplomas {
  constructor(@Inject(Clerk) private readonly clerk: Clerk) {}

  @OnAward('added')
  @UseInterceptors(Timing)
  onAdded({ type }: AwardEvent): void {
    noted(`${this.clerk.name} ${type}`);
  }
}

async function add(fixture: Awaited<ReturnType<typeof openHandlers>>): Promise<string[]> {
  ran.length = 0;
  await fixture.ends('adds');
  await fixture.runAll(1);
  return ran;
}

const expected = ['guard of clerk: seek-pass Diplomas.onAdded added', 'before', 'clerk added', 'after'];

describe('around a handler', () => {
  test('guards and interceptors of class and method run', async () => {
    expect(await add(await openHandlers({ providers: [Clerk, Diplomas] }))).toEqual(expected);
  });

  test('they run around the handlers of controllers, too', async () => {
    expect(await add(await openHandlers({ providers: [Clerk], controllers: [Diplomas] }))).toEqual(expected);
  });

  test('they run, whatever else the class is provided under, and whoever else looks after its instance', async () => {
    const fixture = await openHandlers({
      providers: [
        Clerk,
        {
          provide: 'bound',
          inject: [Diplomas],
          useFactory: (diplomas: Diplomas) =>
            Object.assign(diplomas, { onAdded: diplomas.onAdded.bind(diplomas) }),
        },
        Diplomas,
      ],
    });
    expect(await add(fixture)).toEqual(expected);
  });

  test('what a guard refuses has failed, and is tried again', async () => {
    StaffGuard.allows = false;
    try {
      const fixture = await openHandlers({ providers: [Clerk, Diplomas] });
      expect(await add(fixture)).toEqual([expected[0]]);
      expect(fixture.lines.join('\n')).toContain('"reason":"ForbiddenException"');
      StaffGuard.allows = true;
      await fixture.runAll(1);
      expect(ran).toEqual([expected[0], ...expected]);
    } finally {
      StaffGuard.allows = true;
    }
  });

  test('guards of the whole application run, and know a handler by its type of context', async () => {
    @Injectable()
    class SignedIn implements CanActivate {
      canActivate(context: ExecutionContext): boolean {
        return context.getType<SeekPassContextType>() === 'seek-pass';
      }
    }
    const fixture = await openHandlers({
      providers: [Clerk, Diplomas, { provide: APP_GUARD, useClass: SignedIn }],
    });
    expect(await add(fixture)).toEqual(expected);
  });

  test('filters do not run: what is thrown is for the worker', async () => {
    let caught = 0;
    const filter = {
      catch: () => {
        caught += 1;
      },
    };

    @Injectable()
    @UseFilters(filter)
    class Failing {
      @OnAward('added')
      onAdded(): void {
        noted('failing');
        if (ran.length === 1) throw new RangeError('once');
      }
    }
    const fixture = await openHandlers(
      { providers: [Failing] },
      {},
      { prepare: (app) => void app.useGlobalFilters(filter) },
    );
    await add(fixture);
    await fixture.runAll(2);
    expect([ran, caught]).toEqual([['failing', 'failing'], 0]);
  });

  test('a handler that Nest makes for each request is made for each event, with its guards', async () => {
    let made = 0;

    @Injectable({ scope: Scope.REQUEST })
    @UseGuards(StaffGuard)
    class Letters {
      readonly number: number;

      constructor(@Inject(REQUEST) private readonly event: AwardEvent) {
        made += 1;
        this.number = made;
      }

      @OnAward('added')
      onAdded({ type }: AwardEvent): void {
        noted(`${this.number} ${this.event.type} ${type}`);
        if (this.number === 1) throw new RangeError('once');
      }
    }
    const lettersGuard = 'guard of clerk: seek-pass Letters.onAdded added';
    const fixture = await openHandlers({ providers: [Clerk, Letters] });
    await add(fixture);
    await fixture.runAll(1);
    expect(ran).toEqual([lettersGuard, '1 added added', lettersGuard, '2 added added']);
  });

  test('what is made for each event is made by its own module', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Letters {
      @OnAward('added')
      onAdded(): void {
        noted('letters');
      }
    }
    @Injectable({ scope: Scope.REQUEST })
    class Statistics {
      @OnAward('added')
      onAdded(): void {
        noted('statistics');
      }
    }
    const [first, second] = [Letters, Statistics].map((useClass) => {
      @Module({ providers: [{ provide: 'listener', useClass }] })
      class ListenerModule {}
      return ListenerModule;
    });
    const ended = await add(await openHandlers({ imports: [first ?? Letters, second ?? Letters] }));
    expect(ended.toSorted()).toEqual(['letters', 'statistics']);
  });

  test('a controller that Nest makes for each request has handlers, too', async () => {
    @Controller({ path: 'letters', scope: Scope.REQUEST })
    class Letters {
      @OnAward('added')
      onAdded({ type }: AwardEvent): void {
        noted(`controller ${type}`);
      }
    }
    expect(await add(await openHandlers({ controllers: [Letters] }))).toEqual(['controller added']);
  });

  test('a guard that Nest makes for each request stands before a handler that it makes once', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class OncePerEvent implements CanActivate {
      constructor(@Inject(REQUEST) private readonly event: AwardEvent) {}

      canActivate(): boolean {
        noted(`guard ${this.event.type}`);
        return true;
      }
    }
    @Injectable()
    class Letters {
      @OnAward('added')
      @UseGuards(OncePerEvent)
      onAdded({ type }: AwardEvent): void {
        noted(type);
      }
    }
    expect(await add(await openHandlers({ providers: [Letters] }))).toEqual(['guard added', 'added']);
  });
});
