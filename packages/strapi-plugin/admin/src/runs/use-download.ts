import { useFetchClient } from '@strapi/strapi/admin';
import { useState } from 'react';

/** Fetches the results of a run piece by piece, and saves them as a file. */
export function useDownload(id: string): {
  readonly download: () => Promise<void>;
  readonly downloading: boolean;
} {
  const { get } = useFetchClient();
  const [downloading, setDownloading] = useState(false);
  const download = async () => {
    setDownloading(true);
    try {
      const pieces: string[] = [];
      for (let after: number | null = 0; after !== null; ) {
        const answer: { data: { csv: string; next: number | null } } = await get(
          `/seek-pass/runs/${id}/results?after=${after}`,
        );
        pieces.push(answer.data.csv);
        after = answer.data.next;
      }
      saveFile(`seek-pass-${id}.csv`, pieces, 'text/csv;charset=utf-8');
    } finally {
      setDownloading(false);
    }
  };
  return { download, downloading };
}

/** Gives somebody a file, as if they had followed a link to it. */
export function saveFile(name: string, pieces: string[], type: string): void {
  const url = URL.createObjectURL(new Blob(pieces, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
