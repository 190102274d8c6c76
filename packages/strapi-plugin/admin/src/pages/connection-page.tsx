import { Page } from '@strapi/strapi/admin';
import type { SettingsAnswer } from '../../../contract/settings.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { permissionOf } from '../permissions/use-may.ts';
import { SettingsForm } from '../settings/settings-form.tsx';

function Connection() {
  const { answer, problem, reload } = useAnswer<SettingsAnswer>('/seek-pass/settings');
  if (answer === undefined) {
    return problem === undefined ? <Page.Loading /> : <ProblemAlert problem={problem} onRetry={reload} />;
  }
  // Anew after each saving: what was typed is then what is saved, and the secret is forgotten.
  return <SettingsForm key={answer.revision} answer={answer} onSaved={reload} />;
}

// Strapi loads the default export of a page.
export default function ConnectionPage() {
  return (
    <Page.Protect permissions={[permissionOf('settings')]}>
      <Connection />
    </Page.Protect>
  );
}
