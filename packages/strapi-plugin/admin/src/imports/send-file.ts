import { type ImportFile, importPartBytes } from '../../../contract/imports.ts';

type Send = <Body>(method: 'POST', path: string, body?: unknown) => Promise<Body | undefined>;

/** Sends a file part by part, so that no part is large and none is kept in a folder. `undefined` when the server refused a part. */
export async function sendFile(
  file: Blob,
  send: Send,
  onSent: (share: number) => void,
): Promise<ImportFile | undefined> {
  let sent = await send<ImportFile>('POST', '/seek-pass/imports');
  if (sent === undefined) return undefined;
  for (let from = 0; from < file.size; from += importPartBytes) {
    const data = await base64Of(file.slice(from, from + importPartBytes));
    const part = { number: from / importPartBytes + 1, data };
    sent = await send<ImportFile>('POST', `/seek-pass/imports/${sent.id}/parts`, part);
    if (sent === undefined) return undefined;
    onSent(Math.min(1, (from + importPartBytes) / file.size));
  }
  return sent;
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const text = typeof reader.result === 'string' ? reader.result : '';
      resolve(text.slice(text.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(new Error('The file could not be read.')));
    reader.readAsDataURL(blob);
  });
}
