import { Button, Flex } from '@strapi/design-system';
import { useAuth } from '@strapi/strapi/admin';
import { awardStates } from '../../../contract/award-states.ts';
import type { IssuanceCounts, IssuanceFilterChoices } from '../../../contract/issuances.ts';
import { useAnswer } from '../asking/use-answer.ts';
import { useWords } from '../words/use-words.ts';
import { credentialTypeInWords } from './credential-type-words.ts';
import { dayOf, startOf } from './days.ts';
import { Choice, Day } from './filter-fields.tsx';
import type { FilterInUrl } from './filter-in-url.ts';

const states = awardStates.filter((state) => state !== 'not_issued');
const looks = ['person', 'rejected', 'wallet', 'mail', 'expiring'] as const;

/** What narrows the list. */
export function IssuanceFilters({
  filter,
  change,
  clear,
  disabled,
}: {
  readonly filter: FilterInUrl;
  readonly change: (changes: FilterInUrl) => void;
  readonly clear: () => void;
  readonly disabled: boolean;
}) {
  const words = useWords();
  const { answer: choices } = useAnswer<IssuanceFilterChoices>('/seek-pass/issuances/filters');
  const { answer: counted } = useAnswer<IssuanceCounts>('/seek-pass/issuances/counts');
  const me = useAuth('IssuanceFilters', ({ user }) => user?.id);
  const counts = counted?.counts;
  const stateNames = states.map((state): [string, string] => {
    const name = words(`awards.state.${state}`);
    const count = counts?.[state] ?? 0;
    return [state, counts === undefined ? name : words('issuances.filter.counted', { state: name, count })];
  });
  return (
    <Flex role="group" aria-label={words('issuances.filter.group')} gap={4} wrap="wrap" alignItems="flex-end">
      <Choice
        label={words('issuances.filter.state')}
        value={filter.state}
        onChange={(state) => change({ state })}
        options={[['open', words('issuances.filter.open')], ...stateNames]}
        disabled={disabled}
      />
      <Choice
        label={words('issuances.filter.attention')}
        value={filter.attention}
        onChange={(attention) => change({ attention })}
        options={looks.map((look) => [look, words(`issuances.attention.${look}`)])}
        disabled={disabled}
      />
      <Choice
        label={words('issuances.filter.contentType')}
        value={filter.contentType}
        onChange={(contentType) => change({ contentType })}
        options={(choices?.contentTypes ?? []).map(({ uid, name }) => [uid, name])}
        disabled={disabled}
      />
      <Choice
        label={words('issuances.filter.mapping')}
        value={filter.mapping}
        onChange={(mapping) => change({ mapping })}
        options={(choices?.mappings ?? []).map(({ name, label }) => [name, label])}
        disabled={disabled}
      />
      <Choice
        label={words('issuances.filter.credentialType')}
        value={filter.credentialType}
        onChange={(credentialType) => change({ credentialType })}
        options={(choices?.credentialTypes ?? []).map((type) => [type, credentialTypeInWords(type, words)])}
        disabled={disabled}
      />
      <Choice
        label={words('issuances.filter.who')}
        value={filter.who}
        onChange={(who) => change({ who })}
        options={me === undefined ? [] : [[`strapi:${me}`, words('issuances.filter.mine')]]}
        disabled={disabled}
      />
      <Day
        label={words('issuances.filter.from')}
        value={dayOf(filter.from, 0)}
        onChange={(day) => change({ from: startOf(day, 0) })}
        disabled={disabled}
      />
      <Day
        label={words('issuances.filter.until')}
        value={dayOf(filter.until, -1)}
        onChange={(day) => change({ until: startOf(day, 1) })}
        disabled={disabled}
      />
      {filter.run !== undefined && (
        <Button variant="tertiary" disabled={disabled} onClick={() => change({ run: '' })}>
          {words('issuances.filter.allRuns')}
        </Button>
      )}
      {Object.keys(filter).length > 0 && (
        <Button variant="tertiary" disabled={disabled} onClick={clear}>
          {words('issuances.filter.clear')}
        </Button>
      )}
    </Flex>
  );
}
