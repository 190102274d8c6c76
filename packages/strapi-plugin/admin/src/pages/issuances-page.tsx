import { Route, Routes } from 'react-router-dom';
import { IssuanceList } from '../issuances/issuance-list.tsx';
import { IssuanceView } from '../issuances/issuance-view.tsx';

// The shell loads the default export of a page.
export default function IssuancesPage() {
  return (
    <Routes>
      <Route index element={<IssuanceList />} />
      <Route path=":id" element={<IssuanceView />} />
    </Routes>
  );
}
