import type { SourceField } from '../../../contract/mapping.ts';
import { useWords } from '../words/use-words.ts';

/** The fields of a content type as options: its own first, then a group for each relation and component. */
export function SourceOptions({
  contentTypeName,
  fields,
}: {
  readonly contentTypeName: string;
  readonly fields: readonly SourceField[];
}) {
  const words = useWords();
  const groups = new Map<string, SourceField[]>([['', []]]);
  for (const field of fields) {
    const relation = field.path.includes('.') ? (field.path.split('.')[0] ?? '') : '';
    groups.set(relation, [...(groups.get(relation) ?? []), field]);
  }
  return [...groups].map(([relation, ofGroup]) =>
    ofGroup.length === 0 ? null : (
      <optgroup
        key={relation}
        label={
          relation === ''
            ? words('mapping.from.entry', { contentType: contentTypeName })
            : words('mapping.from.related', { contentType: contentTypeName, relation })
        }
      >
        {ofGroup.map(({ path }) => (
          <option key={path} value={path}>
            {path}
          </option>
        ))}
      </optgroup>
    ),
  );
}
