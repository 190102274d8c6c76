import type { FormError } from '../form-field.ts';

/** What a number in a form may be. */
interface NumberRange {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly whole?: boolean;
}

/** Reads the numbers of a form and keeps what is wrong with each, so that a person sees everything at once. */
export class NumberFields {
  readonly errors: FormError[] = [];
  readonly #form: URLSearchParams;

  constructor(form: URLSearchParams) {
    this.#form = form;
  }

  /** Undefined when the field is empty, or wrong: then `errors` says how to mend it. */
  read(name: string, { label, from, to, whole = false }: NumberRange): number | undefined {
    const typed = this.#form.get(name)?.trim() ?? '';
    if (typed === '') return undefined;
    const value = Number(typed);
    if (value >= from && value <= to && (!whole || Number.isInteger(value))) return value;
    const kind = whole ? 'a whole number' : 'a number';
    this.errors.push({ field: name, message: `${label}: enter ${kind} from ${from} to ${to}.` });
    return undefined;
  }
}
