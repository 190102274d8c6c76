import { systemClock } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import { runAutomation } from './run-automation.ts';

/** What rules do by themselves. */
export interface AutomationService {
  /** Looks at what was published while a rule was on. While a run is on, it is that run. */
  run(): Promise<void>;
}

/** Makes the service that cron calls. */
export function automationService({ strapi }: { readonly strapi: Core.Strapi }): AutomationService {
  let running: Promise<void> | undefined;
  return {
    run() {
      running ??= runAutomation(strapi, systemClock).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
