import { useCallback, useState } from 'react';
import type {
  SettingName,
  SettingsAnswer,
  SettingsChange,
  SettingValues,
} from '../../../contract/settings.ts';

/** The form of the settings page: what is saved, with what staff changed since. */
export interface SettingsDraft {
  readonly answer: SettingsAnswer;
  /** What a field shows; `undefined` where nothing is given but perhaps a default. */
  readonly valueOf: <Name extends SettingName>(name: Name) => SettingValues[Name] | undefined;
  /** What applies while a field is empty. */
  readonly defaultOf: <Name extends SettingName>(name: Name) => SettingValues[Name] | undefined;
  /** Whether code or environment give it: then the field cannot be changed. */
  readonly isFixed: (name: SettingName) => boolean;
  readonly change: <Name extends SettingName>(name: Name, value: SettingValues[Name] | undefined) => void;
  readonly secret: string;
  readonly changeSecret: (secret: string) => void;
  readonly changed: boolean;
  /** What is to be sent. */
  readonly toSave: SettingsChange;
}

/** Begins with what is saved. To begin anew after saving, give the component another key. */
export function useSettingsDraft(answer: SettingsAnswer): SettingsDraft {
  const [values, setValues] = useState(() => savedValues(answer));
  const [secret, changeSecret] = useState('');
  const isFixed = (name: SettingName) => answer.sources[name] === 'environment';

  const change: SettingsDraft['change'] = useCallback((name, value) => {
    setValues(({ [name]: _former, ...others }) =>
      value === undefined ? others : { ...others, [name]: value },
    );
  }, []);

  return {
    answer,
    valueOf: (name) => (isFixed(name) ? answer.values[name] : values[name]),
    defaultOf: (name) => (answer.sources[name] === 'default' ? answer.values[name] : undefined),
    isFixed,
    change,
    secret,
    changeSecret,
    changed: secret !== '' || !sameValues(values, savedValues(answer)),
    toSave: {
      revision: answer.revision,
      values,
      ...(secret === '' ? {} : { clientSecret: secret }),
    },
  };
}

function savedValues({ values, sources }: SettingsAnswer): Partial<SettingValues> {
  const saved = Object.entries(values).filter(([name]) => sources[name as SettingName] === 'saved');
  return Object.fromEntries(saved) as Partial<SettingValues>;
}

function sameValues(a: Partial<SettingValues>, b: Partial<SettingValues>): boolean {
  return textOf(a) === textOf(b);
}

function textOf(values: Partial<SettingValues>): string {
  return JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
