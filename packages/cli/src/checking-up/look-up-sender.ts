import { Resolver } from 'node:dns/promises';
import type { SenderRecords } from './judge-mail.ts';

/** Asks the DNS what a domain says about mails that come from it. */
export async function lookUpSender(domain: string): Promise<SenderRecords> {
  const dns = new Resolver({ timeout: 3_000, tries: 1 });
  const texts = (name: string) =>
    dns.resolveTxt(name).then((records) => records.map((parts) => parts.join('')));
  const [txt, dmarc, mx] = await Promise.all([
    found(texts(domain), []),
    found(texts(`_dmarc.${domain}`), []),
    found(dns.resolveMx(domain), []),
  ]);
  return { txt, dmarc, hasMx: mx === undefined ? undefined : mx.length > 0 };
}

/** `none` when the DNS says that there is nothing; `undefined` when it says nothing. */
async function found<Records>(asked: Promise<Records>, none: Records): Promise<Records | undefined> {
  try {
    return await asked;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOTFOUND' || code === 'ENODATA' ? none : undefined;
  }
}
