import type { OnModuleInit } from '@nestjs/common';
import type { DiscoveryService, ExternalContextCreator, MetadataScanner, ModuleRef } from '@nestjs/core';
import type { Registration } from '../registration/registration.ts';

/** Finds the handlers of the application for the events of one registration. */
export class HandlerExplorer implements OnModuleInit {
  constructor(
    _registration: Registration,
    _discovery: DiscoveryService,
    _scanner: MetadataScanner,
    _contexts: ExternalContextCreator,
    _modules: ModuleRef,
  ) {}

  onModuleInit(): void {
    // TODO
  }
}
