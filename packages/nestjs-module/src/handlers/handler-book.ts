import type {
  AwardEvent,
  HostListener,
  InboxHandler,
  InboxHandlerOfTypes,
  ListenerOfTypes,
  VerificationEvent,
} from '@seek-pass-kit/flows';
import type { FoundHandler } from './find-handlers.ts';
import type { HandlerCall } from './handler-call.ts';

/**
 * What the application does with events, by the name that outcomes are stored under. The parts of the registration look into it whenever they
 * work; it is filled when the application's modules are there, before that.
 */
export class HandlerBook {
  readonly event = noneYet<InboxHandler | InboxHandlerOfTypes>();
  readonly award = noneYet<HostListener<AwardEvent> | ListenerOfTypes<AwardEvent>>();
  readonly verification = noneYet<HostListener<VerificationEvent> | ListenerOfTypes<VerificationEvent>>();

  /** Writes a handler in, under its name. */
  write({ kind, id, types }: Pick<FoundHandler, 'kind' | 'id' | 'types'>, call: HandlerCall): void {
    if (kind === 'event') {
      const handle: InboxHandler = async (event, control) =>
        (await call(event, control)) === 'parked' ? 'parked' : 'done';
      this.event[id] = types.includes('*') ? handle : { types, handle };
      return;
    }
    const handle = async (event: object, control: Parameters<HandlerCall>[1]) =>
      void (await call(event, control));
    // Types that are none are never told of.
    const some = { types: types as ReadonlyArray<never>, handle };
    this[kind][id] = types.includes('*') ? handle : some;
  }
}

/** Without a prototype: a handler may have any name. */
function noneYet<Handler>(): Record<string, Handler> {
  return Object.create(null) as Record<string, Handler>;
}
