import { Layouts, Page } from '@strapi/strapi/admin';
import { useWords } from '../words/use-words.ts';

// The shell loads the default export of a page.
export default function IssuancesPage() {
  const words = useWords();
  return (
    <Page.Main>
      <Page.Title>{words('issuances.title')}</Page.Title>
      <Layouts.Header title={words('issuances.title')} />
    </Page.Main>
  );
}
