/** What can be earned here. A degree becomes an `education` credential, a short course a `microcredential`. */
export interface Course {
  readonly code: string;
  readonly name: string;
  readonly kind: 'degree' | 'short course';
}
