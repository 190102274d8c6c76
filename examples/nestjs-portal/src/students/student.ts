/** A student as the university's records know them. */
export interface Student {
  /** Stable, and never an e-mail address: what SEEK Pass credentials are bound to. */
  readonly id: string;
  readonly fullName: string;
  readonly email: string;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string;
  /** `Business`. */
  readonly faculty: string;
}
