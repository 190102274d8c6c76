import type { OnModuleInit } from '@nestjs/common';
import type { DiscoveryService, ExternalContextCreator } from '@nestjs/core';
import { ConfigurationError } from '@seek-pass-kit/core';
import { defaultName, registrationNameOf } from '../injection/tokens.ts';
import type { Registration } from '../registration/registration.ts';
import { findHandlers, type FoundHandler } from './find-handlers.ts';
import { handlerCall } from './handler-call.ts';
import { decoratorOf } from './handler-mark.ts';
import { lostEnhancers } from './lost-enhancers.ts';

/** Where events come from, and what to set for it. */
const sources = {
  event: { part: 'inbox', name: 'inbox', setting: 'webhooks (without `withoutInbox`)' },
  award: { part: 'addFlow', name: 'add flow', setting: 'addFlow' },
  verification: { part: 'verifyFlow', name: 'verify flow', setting: 'verifyFlow' },
} as const;

/** Finds the handlers of the application for the events of one registration, and writes them into its book. */
export class HandlerExplorer implements OnModuleInit {
  readonly #registration: Registration;
  readonly #discovery: DiscoveryService;
  readonly #contexts: ExternalContextCreator;

  constructor(registration: Registration, discovery: DiscoveryService, contexts: ExternalContextCreator) {
    this.#registration = registration;
    this.#discovery = discovery;
    this.#contexts = contexts;
  }

  /** @throws {ConfigurationError} `invalid_configuration`, naming the class and the method. */
  async onModuleInit(): Promise<void> {
    const registrations = this.#registrations();
    const taken = new Map<string, FoundHandler>();
    for (const handler of findHandlers(this.#discovery, defaultName)) {
      if (!registrations.has(handler.client)) throw noRegistration(handler, registrations);
      if (handler.client !== this.#registration.name) continue;
      await this.#check(handler, taken);
      this.#registration.handlers.write(handler, handlerCall(handler, this.#contexts));
    }
  }

  #registrations(): ReadonlySet<string> {
    const names = this.#discovery.getProviders().map(({ token }) => registrationNameOf(token));
    return new Set(names.filter((name) => name !== undefined));
  }

  async #check(handler: FoundHandler, taken: Map<string, FoundHandler>): Promise<void> {
    const { kind, id, client } = handler;
    const { handlers } = this.#registration;
    const { part, name, setting } = sources[kind];
    if (this.#registration[part] === undefined) {
      throw refused(
        handler,
        `SeekPassModule '${client}' has no ${name}: set its option ${setting}, or remove the decorator.`,
      );
    }
    // The part has loaded it.
    const { isHandlerName } = await import('@seek-pass-kit/flows');
    if (!isHandlerName(id)) {
      throw refused(
        handler,
        `the id ${JSON.stringify(id)} must be 1 to 63 letters, digits, - and _: outcomes are stored under it.`,
      );
    }
    const other = taken.get(`${kind} ${id}`);
    if (other !== undefined || Object.hasOwn(handlers[kind], id)) {
      const whose = other === undefined ? `SeekPassModule '${client}' itself` : placeOf(other);
      throw refused(
        handler,
        `the name ${JSON.stringify(id)} is taken by ${whose}. Give one of them an id of its own, or provide the class once.`,
      );
    }
    taken.set(`${kind} ${id}`, handler);
    const lost = lostEnhancers(handler);
    if (lost.length > 0) {
      throw refused(
        handler,
        `Nest does not make ${lost.join(', ')} here, and would call the method without. Provide ${handler.className} as a class (\`providers: [${handler.className}]\`), or decorate with an instance (\`new ${lost[0]}()\`).`,
      );
    }
  }
}

function noRegistration(handler: FoundHandler, registrations: ReadonlySet<string>): ConfigurationError {
  const names = [...registrations].map((name) => `'${name}'`).join(', ');
  return refused(
    handler,
    `there is no SeekPassModule '${handler.client}'. Name one of these with its option client: ${names}.`,
  );
}

function refused(handler: FoundHandler, why: string): ConfigurationError {
  return new ConfigurationError(`${decoratorOf[handler.kind]} on ${placeOf(handler)}: ${why}`);
}

function placeOf({ className, methodName }: FoundHandler): string {
  return `${className}.${methodName}`;
}
