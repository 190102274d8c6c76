import type { FactoryProvider, InjectionToken, Provider } from '@nestjs/common';
import { DiscoveryService, ExternalContextCreator, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { SeekPass } from '@seek-pass-kit/core';
import { HandlerExplorer } from '../handlers/handler-explorer.ts';
import { WorkHooks } from '../work/work-hooks.ts';
import { EndpointRegistrar } from '../webhooks/endpoint-registrar.ts';
import { SeekPassHealth } from '../health/seek-pass-health.ts';
import { openDoor, RegistrationDoor } from '../http/registration-door.ts';
import { absentPart } from '../injection/absent-part.ts';
import {
  defaultName,
  getAddFlowToken,
  getInboxToken,
  getRegistrationToken,
  getSeekPassHealthToken,
  getSeekPassMetricsToken,
  getSeekPassOptionsToken,
  getSeekPassToken,
  getVerifyFlowToken,
} from '../injection/tokens.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { openRegistration } from './open-registration.ts';
import { openTogether } from './open-together.ts';
import type { Registration } from './registration.ts';
import { takeName } from './take-name.ts';

/** The providers of one registration, and which of them other modules may inject. */
export function registrationProviders(name: string): {
  readonly providers: Provider[];
  readonly exports: InjectionToken[];
} {
  const registration = getRegistrationToken(name);
  const part = (provide: symbol, read: (of: Registration) => object): FactoryProvider => ({
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
    part(getSeekPassHealthToken(name), ({ work }) =>
      work === undefined ? absentPart(name, 'health', 'health') : new SeekPassHealth(work.readiness),
    ),
    part(
      getSeekPassMetricsToken(name),
      ({ work }) => work?.metrics ?? absentPart(name, 'metrics', 'metrics'),
    ),
  ];
  return {
    providers: [
      {
        provide: registration,
        inject: [getSeekPassOptionsToken(name), ModulesContainer],
        async useFactory(options: SeekPassModuleOptions, application: ModulesContainer) {
          takeName(application, name);
          return openTogether(application, () => openRegistration(name, options, application));
        },
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
        provide: WorkHooks,
        inject: [ModulesContainer, registration, getSeekPassOptionsToken(name)],
        useFactory: (app: ModulesContainer, of: Registration, { clock }: SeekPassModuleOptions) =>
          new WorkHooks(app, of, clock),
      },
      {
        provide: HandlerExplorer,
        inject: [registration, DiscoveryService, ExternalContextCreator],
        useFactory: (...found: ConstructorParameters<typeof HandlerExplorer>) =>
          new HandlerExplorer(...found),
      },
      ...exported,
      ...(name === defaultName ? [{ provide: SeekPass, useExisting: getSeekPassToken() }] : []),
    ],
    exports: exported.map(({ provide }) => provide),
  };
}
