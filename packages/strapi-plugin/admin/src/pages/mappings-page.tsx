import { Page } from '@strapi/strapi/admin';
import { Route, Routes, useParams } from 'react-router-dom';
import { useAnswer } from '../asking/use-answer.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { MappingEditor } from '../mapping/mapping-editor.tsx';
import { MappingList } from '../mapping/mapping-list.tsx';
import { permissionOf } from '../permissions/use-may.ts';
import { useWords } from '../words/use-words.ts';
import type { ListedMapping, MappingChoices } from '../../../contract/mapping.ts';

// Strapi loads the default export of a page.
export default function MappingsPage() {
  return (
    <Page.Protect permissions={[permissionOf('settings')]}>
      <Page.Main>
        <Routes>
          <Route index element={<MappingList />} />
          <Route path="new" element={<EditorPage key="new" />} />
          <Route path=":name" element={<EditorPage />} />
        </Routes>
      </Page.Main>
    </Page.Protect>
  );
}

/** The editor of the mapping in the address, or of a new one. */
function EditorPage() {
  const words = useWords();
  const { name } = useParams();
  const choices = useAnswer<MappingChoices>('/seek-pass/mapping-choices');
  const list = useAnswer<{ mappings: ListedMapping[] }>('/seek-pass/mappings');
  const problem = choices.problem ?? list.problem;
  if (problem) return <ProblemAlert problem={problem} onRetry={() => (choices.reload(), list.reload())} />;
  if (choices.answer === undefined || list.answer === undefined) return <Page.Loading />;
  const saved = list.answer.mappings.find((one) => one.name === name);
  if (name !== undefined && saved === undefined)
    return <ProblemAlert problem={{ message: words('mapping.gone'), fields: {} }} />;
  return <MappingEditor key={saved?.name ?? 'new'} saved={saved} choices={choices.answer} />;
}
