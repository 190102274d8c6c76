import type { Html } from './html.ts';

/** What a controller of this portal answers: a page, a page with another status than 200, or a redirect after a form. */
export type Answer = Html | PageWithStatus | SeeOther;

/** A page with another status than 200. */
export class PageWithStatus {
  readonly status: number;
  readonly page: Html;

  constructor(status: number, page: Html) {
    this.status = status;
    this.page = page;
  }
}

/** Leads the browser elsewhere, by GET. */
export class SeeOther {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }
}
