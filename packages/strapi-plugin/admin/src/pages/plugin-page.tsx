import { Page } from '@strapi/strapi/admin';
import { Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { useMay } from '../permissions/use-may.ts';
import { pluginPages } from '../shell/plugin-pages.ts';
import { SubNavigation } from '../shell/sub-navigation.tsx';

// Strapi loads the default export of a page.
export default function PluginPage() {
  const { may, loading } = useMay();
  const { search } = useLocation();
  if (loading) return <Page.Loading />;
  const pages = pluginPages.filter(({ requires }) => may(requires));
  const [first] = pages;
  if (first === undefined) return <Page.NoPermissions />;
  return (
    <>
      <SubNavigation pages={pages} />
      <Suspense fallback={<Page.Loading />}>
        <Routes>
          <Route index element={<Navigate to={{ pathname: first.path, search }} replace />} />
          {pluginPages.map(({ path, requires, Page: PageOfPath }) => (
            <Route
              key={path}
              path={`${path}/*`}
              element={may(requires) ? <PageOfPath /> : <Page.NoPermissions />}
            />
          ))}
          <Route path="*" element={<Page.NoData />} />
        </Routes>
      </Suspense>
    </>
  );
}
