import type { InjectionToken, Provider } from '@nestjs/common';
import { DiscoveryService, ExternalContextCreator, HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { SeekPass } from '@seek-pass-kit/core';
import { HandlerExplorer } from '../handlers/handler-explorer.ts';
import { EndpointRegistrar } from '../webhooks/endpoint-registrar.ts';
import { openDoor, RegistrationDoor } from '../http/registration-door.ts';
import { absentPart } from '../injection/absent-part.ts';
import {
  defaultName,
  getAddFlowToken,
  getInboxToken,
  getRegistrationToken,
  getSeekPassOptionsToken,
  getSeekPassToken,
  getVerifyFlowToken,
} from '../injection/tokens.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { openRegistration } from './open-registration.ts';
import type { Registration } from './registration.ts';

/** The providers of one registration, and which of them other modules may inject. */
export function registrationProviders(name: string): {
  readonly providers: Provider[];
  readonly exports: InjectionToken[];
} {
  const registration = getRegistrationToken(name);
  const part = (provide: symbol, read: (of: Registration) => object): Provider => ({
    provide,
    inject: [registration],
    useFactory: read,
  });
  const exported = [
    part(getSeekPassToken(name), ({ seekPass }) => seekPass),
    part(getAddFlowToken(name), ({ addFlow }) => addFlow ?? absentPart(name, 'add flow', 'addFlow')),
    part(
      getVerifyFlowToken(name),
      ({ verifyFlow }) => verifyFlow ?? absentPart(name, 'verify flow', 'verifyFlow'),
    ),
    part(getInboxToken(name), ({ inbox }) => inbox ?? absentPart(name, 'webhook inbox', 'webhooks')),
  ];
  const tokens = [
    getSeekPassToken(name),
    getAddFlowToken(name),
    getVerifyFlowToken(name),
    getInboxToken(name),
  ];
  return {
    providers: [
      {
        provide: registration,
        inject: [getSeekPassOptionsToken(name)],
        useFactory: (options: SeekPassModuleOptions) => openRegistration(name, options),
      },
      {
        provide: RegistrationDoor,
        inject: [HttpAdapterHost, registration],
        useFactory: openDoor,
      },
      {
        provide: EndpointRegistrar,
        inject: [registration, getSeekPassOptionsToken(name)],
        useFactory: (...given: ConstructorParameters<typeof EndpointRegistrar>) =>
          new EndpointRegistrar(...given),
      },
      {
        provide: HandlerExplorer,
        inject: [registration, DiscoveryService, ExternalContextCreator, ModuleRef],
        useFactory: (...found: ConstructorParameters<typeof HandlerExplorer>) =>
          new HandlerExplorer(...found),
      },
      ...exported,
      ...(name === defaultName ? [{ provide: SeekPass, useExisting: getSeekPassToken() }] : []),
    ],
    exports: tokens,
  };
}
