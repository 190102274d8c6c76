import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useWords } from '../words/use-words.ts';

/** One of several, or all of them. Nothing is shown where there is nothing to choose from. */
export function Choice({
  label,
  value,
  options,
  onChange,
  disabled,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: ReadonlyArray<readonly [value: string, label: string]>;
  /** With `''` for all. */
  readonly onChange: (value: string) => void;
  readonly disabled: boolean;
}) {
  const words = useWords();
  // A value of an old address may have no option any more: it is shown as it is.
  const known = value === undefined || options.some(([option]) => option === value);
  const shown = known ? options : [...options, [value, value] as const];
  if (shown.length === 0) return null;
  return (
    <Field.Root width={{ initial: '100%', small: '20rem' }}>
      <Field.Label>{label}</Field.Label>
      <SingleSelect
        size="S"
        value={value ?? ''}
        placeholder={words('issuances.filter.all')}
        onChange={(chosen) => onChange(String(chosen))}
        onClear={() => onChange('')}
        clearLabel={words('issuances.filter.clearOne', { label })}
        disabled={disabled}
      >
        {shown.map(([option, text]) => (
          <SingleSelectOption key={option} value={option}>
            {text}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
}

/** A day, or none. */
export function Day({
  label,
  value,
  onChange,
  disabled,
}: {
  readonly label: string;
  /** `2026-02-20`, or `''`. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly disabled: boolean;
}) {
  return (
    <Field.Root>
      <Field.Label>{label}</Field.Label>
      <Field.Input
        type="date"
        size="S"
        value={value}
        disabled={disabled}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </Field.Root>
  );
}
