import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Leaf } from './leaves.ts';

/** The hashes that a wrapped document carries, each 64 characters of lower-case hex. */
export interface DocumentHashes {
  /** Hash of this document. */
  readonly targetHash: string;
  /** What to fold into `targetHash` to arrive at `merkleRoot`; empty when the document was wrapped alone. */
  readonly proof: readonly string[];
  /** Hash of all documents that were wrapped together. */
  readonly merkleRoot: string;
  /** Hashes of the leaves that were taken out after wrapping. */
  readonly obfuscated: readonly string[];
}

/** Whether leaves and hashes belong together, by the digest of OpenAttestation v2. */
export function hashesFit(leaves: readonly Leaf[], hashes: DocumentHashes): boolean {
  if (digest(leaves, hashes.obfuscated) !== hashes.targetHash) return false;
  return hashes.proof.reduce(foldPair, hashes.targetHash) === hashes.merkleRoot;
}

function digest(leaves: readonly Leaf[], obfuscated: readonly string[]): string {
  const visible = leaves.map(({ path, json }) => keccak(`{${JSON.stringify(path)}:${json}}`));
  return keccak(JSON.stringify([...visible, ...obfuscated].sort()));
}

/** Sorted, so that a proof need not say which of the two stood left. */
function foldPair(one: string, other: string): string {
  const [first, second] = one < other ? [one, other] : [other, one];
  return bytesToHex(keccak_256(concatBytes(hexToBytes(first), hexToBytes(second))));
}

function keccak(text: string): string {
  return bytesToHex(keccak_256(utf8ToBytes(text)));
}
