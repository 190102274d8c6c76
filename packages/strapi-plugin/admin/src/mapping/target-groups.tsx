import { Box, Typography } from '@strapi/design-system';
import { useId } from 'react';
import type {
  Mapping,
  MappingFinding,
  MappingSource,
  MappingTarget,
  SourceField,
} from '../../../contract/mapping.ts';
import { targetInWords } from '../entries/target-words.ts';
import { useWords } from '../words/use-words.ts';
import { AddFact } from './add-fact.tsx';
import { TargetField } from './target-field.tsx';

const groups = ['recipient', 'credential', 'document', 'more'] as const;
const factPrefix = 'known_facts.';

/** Everything that a mapping fills, in groups. */
export function TargetGroups({
  targets,
  sources,
  contentTypeName,
  fields,
  findings,
  disabled,
  onChange,
}: {
  readonly targets: readonly MappingTarget[];
  readonly sources: Mapping['targets'];
  readonly contentTypeName: string;
  readonly fields: readonly SourceField[];
  readonly findings: readonly MappingFinding[];
  readonly disabled: boolean;
  readonly onChange: (target: string, source: MappingSource | undefined) => void;
}) {
  const words = useWords();
  const id = useId();
  const facts = Object.keys(sources).filter((name) => name.startsWith(factPrefix));
  const keys = targets.filter(({ updateKey }) => updateKey).map(({ name }) => targetInWords(name));
  const all = [...targets, ...facts.map(factTarget)];
  return groups.map((group) => {
    const ofGroup = all.filter((target) => target.group === group);
    if (ofGroup.length === 0) return null;
    return (
      <Box
        key={group}
        tag="section"
        aria-labelledby={`${id}-${group}`}
        background="neutral0"
        hasRadius
        shadow="tableShadow"
        padding={6}
      >
        <Typography tag="h2" variant="delta" id={`${id}-${group}`}>
          {words(`mapping.group.${group}`)}
        </Typography>
        <Box paddingTop={4}>
          {group === 'credential' && (
            <Box paddingBottom={4}>
              <Typography variant="pi" textColor="neutral600">
                {keys.length === 0
                  ? words('mapping.updates.unknown')
                  : words('mapping.updates', { fields: keys.join(', ') })}
              </Typography>
            </Box>
          )}
          {ofGroup.map((target) => (
            <TargetField
              key={target.name}
              target={target}
              source={sources[target.name]}
              contentTypeName={contentTypeName}
              fields={fields}
              findings={findings.filter((finding) => finding.target === target.name)}
              disabled={disabled}
              onChange={(source) => onChange(target.name, source)}
            />
          ))}
          {group === 'recipient' && !disabled && (
            <AddFact taken={facts} onAdd={(name) => onChange(factPrefix + name, { template: '' })} />
          )}
        </Box>
      </Box>
    );
  });
}

function factTarget(name: string): MappingTarget {
  return { name, group: 'recipient', kind: 'text', required: false, updateKey: false, personal: true };
}
