import { invalid, unknown } from './check.ts';
import type { DocumentHashes } from './integrity.ts';
import { collectLeaves, type Leaf, type LeavesFault } from './leaves.ts';
import { isJsonObject, type JsonObject } from './read-document.ts';
import type { OpenCertCheck } from './report.ts';

const versionPrefix = 'https://schema.openattestation.com/';
const version2 = `${versionPrefix}2.0/schema.json`;
const hash = /^[0-9a-f]{64}$/;
const maxHashes = 50_000;

/** A wrapped document taken apart, or why it is none. */
export type WrappedDocument =
  | { readonly leaves: readonly Leaf[]; readonly hashes: DocumentHashes; readonly fault?: undefined }
  | { readonly fault: OpenCertCheck };

/** Takes a wrapped OpenAttestation v2 document apart: salted data, hashes, obfuscated leaves. */
export function readWrapped(document: JsonObject): WrappedDocument {
  const { version, data } = document;
  if (version !== version2) return { fault: versionFault(version) };
  const hashes = readHashes(document);
  if (hashes === undefined || !isJsonObject(data)) {
    return {
      fault: invalid(
        'not_wrapped',
        'The document is not wrapped: it lacks salted data, or hashes in lower-case hex.',
        'Pass the file that the wrapping tool wrote, not the one it read.',
      ),
    };
  }
  const leaves = collectLeaves(data);
  if (typeof leaves === 'string') return { fault: invalid(leaves, ...leavesFaults[leaves]) };
  return { leaves, hashes };
}

const leavesFaults: Readonly<Record<LeavesFault, readonly [message: string, remedy: string]>> = {
  illegal_key: [
    'The document has a key that is empty, is `__proto__` or holds a dot, so its hash does not protect its values.',
    'Rename the key and wrap the document again.',
  ],
  not_salted: [
    'The document has a value that is not salted.',
    'Pass the file that the wrapping tool wrote, and obfuscate whole lists, not entries of them.',
  ],
  too_complex: [
    'The document is nested too deeply or has too many values or too long keys.',
    'Pass an OpenCert as its issuer wrapped it.',
  ],
};

function versionFault(version: unknown): OpenCertCheck {
  const isOther = typeof version === 'string' && version.startsWith(versionPrefix);
  const message = `The document's \`version\` is not ${version2}, the one that is checked here.`;
  const remedy = 'Pass a wrapped OpenAttestation v2 document.';
  return isOther ? unknown('unsupported_version', message, remedy) : invalid('not_wrapped', message, remedy);
}

function readHashes({ signature, privacy }: JsonObject): DocumentHashes | undefined {
  if (!isJsonObject(signature) || signature['type'] !== 'SHA3MerkleProof') return undefined;
  const { targetHash, merkleRoot, proof = [] } = signature;
  const obfuscated = isJsonObject(privacy) ? (privacy['obfuscatedData'] ?? []) : [];
  if (!isHash(targetHash) || !isHash(merkleRoot) || !isHashList(proof) || !isHashList(obfuscated)) {
    return undefined;
  }
  return { targetHash, merkleRoot, proof, obfuscated };
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && hash.test(value);
}

function isHashList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= maxHashes && value.every(isHash);
}
