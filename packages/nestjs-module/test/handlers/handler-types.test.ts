import type {
  AwardEvent,
  AwardEventType,
  InboxEvent,
  JobControl,
  VerificationEvent,
  VerificationEventType,
} from '@seek-pass-kit/flows';
import { expectTypeOf, test } from 'vitest';
import {
  type AwardEventOf,
  OnAward,
  OnSeekPassEvent,
  OnVerification,
  type SeekPassEventOf,
  type VerificationEventOf,
} from '../../src/index.ts';

// What is wrong here is wrong for the compiler: `tsc` checks this file.

test('the type that a decorator names is the type of what its method is given', () => {
  type Verified = SeekPassEventOf<'vwsp_request.verified'>;
  expectTypeOf<Verified['kind']>().toEqualTypeOf<'verified'>();
  expectTypeOf<Verified['requestId']>().toEqualTypeOf<string>();
  expectTypeOf<SeekPassEventOf<'vwsp_request.canceled'>['kind']>().toEqualTypeOf<'canceled'>();
  expectTypeOf<SeekPassEventOf<'new.kind'>['kind']>().toEqualTypeOf<'unknown'>();
  expectTypeOf<SeekPassEventOf<'new.kind'>['requestId']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<SeekPassEventOf<'*'>>().toExtend<InboxEvent>();
  expectTypeOf<AwardEventOf<'added'>['type']>().toEqualTypeOf<'added'>();
  expectTypeOf<AwardEventOf<'*'>['type']>().toEqualTypeOf<AwardEventType>();
  expectTypeOf<VerificationEventOf<'held' | 'decided'>['type']>().toEqualTypeOf<'held' | 'decided'>();
  expectTypeOf<VerificationEventOf<'*'>['type']>().toEqualTypeOf<VerificationEventType>();
});

test('a method may take exactly that, more than that, or nothing', () => {
  abstract class Fitting {
    @OnAward('added')
    abstractly(_event: AwardEventOf<'added'>, { signal }: JobControl): AbortSignal {
      return signal;
    }

    @OnAward('added', 'declined', { client: 'hr', id: 'ends' })
    several(_event: AwardEventOf<'added' | 'declined'>): void {}

    @OnAward('added')
    @OnAward('declined', { id: 'other' })
    any(_event: AwardEvent): void {}

    @OnVerification('decided', 'held')
    @OnAward('added')
    both(_event: AwardEventOf<'added'> | VerificationEvent): void {}

    @OnVerification('*')
    async nothing(): Promise<number> {
      return 1;
    }

    @OnSeekPassEvent('vwsp_request.verified', 'vwsp_request.canceled')
    verification({ requestId }: { readonly requestId: string }): string {
      return requestId;
    }

    @OnSeekPassEvent('new.kind', { client: 'hr' })
    new(_event: InboxEvent & { readonly type: 'new.kind' }): void {}
  }
  expectTypeOf<Fitting>().toBeObject();
});

test('a method that takes something else does not compile', () => {
  abstract class Unfitting {
    // @ts-expect-error It is told of what was added.
    @OnAward('added')
    another(_event: AwardEventOf<'declined'>): void {}

    // @ts-expect-error It is told of both.
    @OnAward('added', 'declined')
    oneOfTwo(_event: AwardEventOf<'added'>): void {}

    // @ts-expect-error It is told of everything.
    @OnAward('*')
    one(_event: AwardEventOf<'added'>): void {}

    // @ts-expect-error It is told of awards.
    @OnAward('added')
    verification(_event: VerificationEvent): void {}

    // @ts-expect-error It is told of verifications.
    @OnVerification('decided')
    award(_event: AwardEvent): void {}

    // @ts-expect-error There may be none.
    @OnSeekPassEvent('*')
    request(_event: InboxEvent & { readonly requestId: string }): void {}

    // @ts-expect-error There may be none in an event of this type.
    @OnSeekPassEvent('new.kind')
    requestOfNew(_event: InboxEvent & { readonly requestId: string }): void {}

    @OnSeekPassEvent('vwsp_request.verified')
    // @ts-expect-error It fits the other decorator only.
    @OnSeekPassEvent('vwsp_request.canceled')
    verified(_event: SeekPassEventOf<'vwsp_request.verified'>): void {}

    // @ts-expect-error There is no such event of awards.
    @OnAward('addded')
    misspelt(_event: AwardEvent): void {}

    // @ts-expect-error There is no such setting.
    @OnAward('added', { name: 'hr' })
    setting(_event: AwardEvent): void {}
  }
  expectTypeOf<Unfitting>().toBeObject();
  // @ts-expect-error It says of nothing what it is told of.
  expectTypeOf(() => OnAward()).toBeFunction();
});

test('who handles everything can be held to handle every type', () => {
  class Everything {
    @OnAward('*')
    onAward(event: AwardEventOf<'*'>): string {
      switch (event.type) {
        case 'issued':
        case 'withdrawn':
        case 'added':
        case 'added_after_withdrawal':
        case 'added_after_supersession':
        case 'declined':
        case 'expired':
        case 'closed':
          return event.type;
        case 'rejected':
          expectTypeOf(event).toEqualTypeOf<AwardEventOf<'rejected'>>();
          return event.awardId;
        default:
          return event satisfies never;
      }
    }

    @OnVerification('*')
    onVerification(event: VerificationEventOf<'*'>): string {
      switch (event.type) {
        case 'decided':
        case 'held':
        case 'canceled':
          return event.type;
        default:
          // @ts-expect-error One is missing.
          return event satisfies never;
      }
    }

    @OnSeekPassEvent('*')
    onEvent(event: SeekPassEventOf<'*'>): string {
      switch (event.kind) {
        case 'verified':
        case 'canceled':
          return event.requestId;
        case 'unknown':
          return event.type;
        default:
          return event satisfies never;
      }
    }
  }
  expectTypeOf<Everything>().toBeObject();
});
