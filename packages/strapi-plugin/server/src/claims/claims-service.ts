/** Serves the claim pages in the HTTP server of the site. */
export interface ClaimsService {
  /** Puts them in front of Strapi. From now on nothing of Strapi sees a request below their path, connected or not. */
  mount(): void;
  /** Takes them away. Requests that are being answered come to their end. */
  close(): void;
}
