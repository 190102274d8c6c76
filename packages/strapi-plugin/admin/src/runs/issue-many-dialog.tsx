import {
  Box,
  Button,
  Field,
  Flex,
  Modal,
  Radio,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { useQueryParams } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { pluginId } from '../../../contract/plugin-id.ts';
import type { MappingChoices, RunDetail } from '../../../contract/runs.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';
import { listQueryOf } from './list-query.ts';
import { searchOf } from './search-of.ts';

interface Asked {
  readonly contentType: string;
  readonly documentIds: readonly string[];
  readonly onClose: () => void;
}

interface ListAnswer {
  readonly pagination: { readonly total: number };
}

/** Asks which entries and which mapping, and starts the check. Loaded when it is opened. */
export function IssueManyDialog({ contentType, documentIds, onClose }: Asked) {
  const words = useWords();
  const navigate = useNavigate();
  const { send, sending, problem } = useSend();
  const [{ query: parameters }] = useQueryParams<Record<string, unknown>>();
  const { query, locale, filtered } = listQueryOf(parameters ?? {});
  const type = encodeURIComponent(contentType);
  const mappings = useAnswer<MappingChoices>(`/seek-pass/run-mappings?contentType=${type}`);
  const search = searchOf({ ...query, page: 1, pageSize: 1, ...(locale === undefined ? {} : { locale }) });
  const list = useAnswer<ListAnswer>(`/content-manager/collection-types/${contentType}?${search}`);
  const [which, setWhich] = useState<'ticked' | 'filter'>('ticked');
  const [chosen, setChosen] = useState<string>();
  const choices = mappings.answer?.mappings ?? [];
  const mapping = chosen ?? choices[0]?.name;

  const check = async () => {
    const rows = which === 'ticked' ? { source: which, documentIds } : { source: which, query };
    const place = { contentType, mapping, ...(locale === undefined ? {} : { locale }) };
    const run = await send<RunDetail>('POST', '/seek-pass/runs', { ...rows, ...place });
    if (run === undefined) return;
    onClose();
    navigate(`/plugins/${pluginId}/runs/${run.id}`);
  };
  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={5}>
          <ProblemAlert problem={mappings.problem ?? list.problem ?? problem} />
          {mappings.answer !== undefined && choices.length === 0 && (
            <Typography>{words('runs.many.no_mapping')}</Typography>
          )}
          <Field.Root name="which">
            <Field.Label>{words('runs.many.which')}</Field.Label>
            <Radio.Group
              aria-label={words('runs.many.which')}
              value={which}
              onValueChange={(value) => setWhich(value === 'filter' ? 'filter' : 'ticked')}
            >
              <Radio.Item value="ticked">
                {words('runs.many.ticked', { count: documentIds.length })}
              </Radio.Item>
              {list.answer !== undefined && (
                <Radio.Item value="filter">
                  {words('runs.many.all', {
                    count: list.answer.pagination.total,
                    filtered: filtered ? 'yes' : 'no',
                  })}
                </Radio.Item>
              )}
            </Radio.Group>
          </Field.Root>
          {choices.length > 0 && (
            <Field.Root name="mapping">
              <Field.Label>{words('runs.many.mapping')}</Field.Label>
              <SingleSelect value={mapping} onChange={(value) => setChosen(String(value))}>
                {choices.map(({ name, title }) => (
                  <SingleSelectOption key={name} value={name}>
                    {title}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
          )}
          <Box>
            <Typography textColor="neutral600">{words('runs.many.published')}</Typography>
          </Box>
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {words('runs.many.cancel')}
        </Button>
        <Button onClick={() => void check()} disabled={mapping === undefined} loading={sending}>
          {words('runs.many.check')}
        </Button>
      </Modal.Footer>
    </>
  );
}
