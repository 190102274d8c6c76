import { Route, Routes } from 'react-router-dom';
import { RunDetail } from '../runs/run-detail.tsx';
import { RunsList } from '../runs/runs-list.tsx';

// The shell loads the default export of a page.
export default function RunsPage() {
  return (
    <Routes>
      <Route index element={<RunsList />} />
      <Route path=":id" element={<RunDetail />} />
    </Routes>
  );
}
