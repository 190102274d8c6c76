import { Box } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ChooseColumns } from '../imports/choose-columns.tsx';
import { ChooseFile, type ReadFile } from '../imports/choose-file.tsx';
import { useWords } from '../words/use-words.ts';

// The shell loads the default export of a page.
export default function ImportPage() {
  const words = useWords();
  const navigate = useNavigate();
  const [file, setFile] = useState<ReadFile>();
  return (
    <Page.Main>
      <Page.Title>{words('imports.title')}</Page.Title>
      <Layouts.Header title={words('imports.title')} subtitle={words('imports.subtitle')} />
      <Layouts.Content>
        <Box background="neutral0" padding={6} hasRadius shadow="tableShadow">
          {file === undefined ? (
            <ChooseFile onRead={setFile} />
          ) : (
            <ChooseColumns
              file={file}
              onOther={() => setFile(undefined)}
              onChecked={({ id }) => navigate(`../runs/${id}`)}
            />
          )}
        </Box>
      </Layouts.Content>
    </Page.Main>
  );
}
