/** An entry of a content type of the site, in one of its languages. */
export interface EntryPlace {
  /** `api::completion.completion` */
  readonly contentType: string;
  readonly documentId: string;
  /** Of a content type that is translated; otherwise absent. */
  readonly locale?: string;
}
