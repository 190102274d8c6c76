import type { SettingProblem } from '@seek-pass-kit/core';
import { errors } from '@strapi/utils';

/** What staff are told about settings that are not taken: each sentence stands beside its field. */
export function refusedSettings(problems: readonly SettingProblem[]): Error {
  return new errors.ValidationError(problems.map(({ message }) => message).join('\n'), {
    errors: problems.map(({ setting, message }) => ({
      path: setting === undefined ? [] : [setting],
      message,
    })),
  });
}

/** As {@link refusedSettings}, of one. */
export function refusedSetting(setting: string, message: string): Error {
  return refusedSettings([{ setting, message }]);
}
