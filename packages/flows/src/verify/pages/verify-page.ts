import type { PageForm } from '../../pages/claim-page.ts';

/**
 * Every page of a verification, as data. None names the person.
 *
 * - `start`: the first page of a start link, with the button that leads to SEEK Pass.
 * - `waiting`: the browser is back, and SEEK Pass has not said yet what came of it.
 * - all others: what came of it, or why it does not go on.
 */
export type VerifyPage =
  | { readonly page: 'start'; readonly go: PageForm }
  | { readonly page: 'waiting'; readonly again: string }
  | { readonly page: VerifyEnd }
  | { readonly page: 'unavailable'; readonly retry?: PageForm };

/**
 * - `confirmed`: somebody was verified, and it is who was expected (or anyone was).
 * - `somebody_else`: it is not who was expected. `looked_at`: a person has to look.
 * - `canceled`: at SEEK Pass. `unfinished`: SEEK Pass does not say how it ended; it is asked on.
 * - `elsewhere`: not in the browser that started; says the same for every verification, also for none.
 * - `over`: its time is past, or its data is gone.
 * - `used`: the start link was used in another browser.
 * - `unknown_link`: no such link, or a part is missing.
 * - `foreign_form`: the form did not come from our page, or the browser refuses cookies.
 * - `rejected`: SEEK Pass refused the request. `too_many`: wait. `ours`: a fault of ours.
 */
export type VerifyEnd =
  | 'confirmed'
  | 'somebody_else'
  | 'looked_at'
  | 'canceled'
  | 'unfinished'
  | 'elsewhere'
  | 'over'
  | 'used'
  | 'unknown_link'
  | 'foreign_form'
  | 'rejected'
  | 'too_many'
  | 'ours';
