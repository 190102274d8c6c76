import { Layouts, Page } from '@strapi/strapi/admin';

// Strapi loads the default export of a page.
export default function PluginPage() {
  return (
    <Page.Main>
      <Page.Title>SEEK Pass</Page.Title>
      <Layouts.Header title="SEEK Pass" />
    </Page.Main>
  );
}
