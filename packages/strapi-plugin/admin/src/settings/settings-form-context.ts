import { createContext, useContext } from 'react';
import type { Problem } from '../asking/problem.ts';
import type { SettingsDraft } from './settings-draft.ts';

/** What the sections of the settings page share. */
interface SettingsForm {
  readonly draft: SettingsDraft;
  /** Why the last saving was refused. */
  readonly problem: Problem | undefined;
}

const context = createContext<SettingsForm | undefined>(undefined);

export const SettingsFormProvider = context.Provider;

export function useSettingsForm(): SettingsForm {
  const form = useContext(context);
  if (form === undefined) throw new Error('A setting is shown outside of the form of settings.');
  return form;
}
