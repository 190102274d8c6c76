import type { Settings } from '../config/settings.ts';
import { documentOptionsOf } from '../flow/document-options.ts';
import type { Judgement } from './finding.ts';
import { judgeDocuments } from './judge-documents.ts';
import { visit } from './visit.ts';

/** How files get to SEEK Pass, where awards come with files. */
export async function lookAtDocuments({ config }: Settings): Promise<Judgement[]> {
  const baseUrl = documentOptionsOf(config)?.baseUrl;
  if (baseUrl === undefined) return [];
  const { environment, documents } = config;
  return judgeDocuments(
    { baseUrl, environment, callers: documents?.callers },
    await visit(`${baseUrl}/seek-pass-doctor`),
  );
}
