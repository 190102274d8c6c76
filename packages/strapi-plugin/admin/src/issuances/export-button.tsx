import { Button } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import { useState } from 'react';
import { type Problem, problemOf } from '../asking/problem.ts';
import { useMay } from '../permissions/use-may.ts';
import { useWords } from '../words/use-words.ts';

/** Saves the filtered list as a file. The server writes down who did. */
export function ExportButton({
  query,
  onProblem,
}: {
  readonly query: string;
  readonly onProblem: (problem: Problem | undefined) => void;
}) {
  const words = useWords();
  const { may } = useMay();
  const { get } = useFetchClient();
  const [loading, setLoading] = useState(false);
  if (!may('export')) return null;
  const save = async () => {
    setLoading(true);
    onProblem(undefined);
    try {
      const { data } = await get(`/seek-pass/issuances/export?${query}`, { responseType: 'blob' });
      saveFile(data, words('issuances.export.file'));
    } catch (error) {
      onProblem(problemOf(error, words));
    } finally {
      setLoading(false);
    }
  };
  return (
    <Button variant="secondary" startIcon={<Download />} loading={loading} onClick={() => void save()}>
      {words('issuances.export')}
    </Button>
  );
}

function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
