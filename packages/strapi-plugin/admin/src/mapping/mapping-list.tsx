import {
  Badge,
  Box,
  Button,
  Dialog,
  Flex,
  LinkButton,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';
import { Download, Pencil, Plus, Trash } from '@strapi/icons';
import { Layouts, Page, useFetchClient } from '@strapi/strapi/admin';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { ListedMapping } from '../../../contract/mapping.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { useSend } from '../asking/use-send.ts';
import { loadMappedContentTypes } from '../entries/mapped-content-types.ts';
import { useWords } from '../words/use-words.ts';

/** Every mapping of the site, and what can be done with each. */
export function MappingList() {
  const words = useWords();
  const { answer, loading, problem, reload } = useAnswer<{ mappings: ListedMapping[] }>(
    '/seek-pass/mappings',
  );
  const { send, sending, problem: refused } = useSend();
  const [deleting, setDeleting] = useState<ListedMapping>();
  const change = async (...of: Parameters<typeof send>) => {
    if ((await send(...of)) === undefined) return;
    void loadMappedContentTypes();
    reload();
  };
  const remove = async ({ name, revision }: ListedMapping) => {
    setDeleting(undefined);
    await change('DELETE', `/seek-pass/mappings/${name}?revision=${revision}`);
  };
  if (loading && answer === undefined) return <Page.Loading />;
  return (
    <>
      <Page.Title>{words('mapping.title')}</Page.Title>
      <Layouts.Header
        title={words('mapping.title')}
        subtitle={words('mapping.subtitle')}
        primaryAction={
          <LinkButton tag={Link} to="new" startIcon={<Plus />}>
            {words('mapping.new')}
          </LinkButton>
        }
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <ProblemAlert problem={problem} onRetry={reload} />
          <ProblemAlert problem={refused} />
          {answer?.mappings.length === 0 && (
            <Box background="neutral0" hasRadius shadow="tableShadow" padding={6}>
              <Typography>{words('mapping.none')}</Typography>
            </Box>
          )}
          {answer !== undefined && answer.mappings.length > 0 && (
            <Table colCount={5} rowCount={answer.mappings.length + 1}>
              <Thead>
                <Tr>
                  {(['name', 'contentType', 'credentialType', 'state', 'actions'] as const).map((column) => (
                    <Th key={column}>
                      <Typography variant="sigma">{words(`mapping.list.${column}`)}</Typography>
                    </Th>
                  ))}
                </Tr>
              </Thead>
              <Tbody>
                {answer.mappings.map((mapping) => (
                  <MappingRow
                    key={mapping.name}
                    mapping={mapping}
                    busy={sending}
                    onSwitch={() =>
                      void change('POST', `/seek-pass/mappings/${mapping.name}/switch`, {
                        enabled: !mapping.enabled,
                        revision: mapping.revision,
                      })
                    }
                    onDelete={() => setDeleting(mapping)}
                  />
                ))}
              </Tbody>
            </Table>
          )}
        </Flex>
      </Layouts.Content>
      {deleting && (
        <Dialog.Root open onOpenChange={(open: boolean) => !open && setDeleting(undefined)}>
          <Dialog.Content>
            <Dialog.Header>{words('mapping.deleteOf', { title: deleting.title })}</Dialog.Header>
            <Dialog.Body>{words('mapping.delete.sure', { title: deleting.title })}</Dialog.Body>
            <Dialog.Footer>
              <Dialog.Cancel>
                <Button fullWidth variant="tertiary">
                  {words('mapping.cancel')}
                </Button>
              </Dialog.Cancel>
              <Button fullWidth variant="danger" onClick={() => void remove(deleting)}>
                {words('mapping.delete.yes')}
              </Button>
            </Dialog.Footer>
          </Dialog.Content>
        </Dialog.Root>
      )}
    </>
  );
}

function MappingRow({
  mapping,
  busy,
  onSwitch,
  onDelete,
}: {
  readonly mapping: ListedMapping;
  readonly busy: boolean;
  readonly onSwitch: () => void;
  readonly onDelete: () => void;
}) {
  const words = useWords();
  const { name, title, contentType, contentTypeName, credentialType, keptIn, issued } = mapping;
  const inCode = keptIn === 'code';
  return (
    <Tr>
      <Td>
        <Typography fontWeight="semiBold">{title}</Typography>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {inCode ? `${name}, ${words('mapping.list.inCode')}` : name}
        </Typography>
      </Td>
      <Td>
        <Typography>{contentTypeName ?? contentType}</Typography>
      </Td>
      <Td>
        <Typography>{words(`mapping.type.${credentialType}`)}</Typography>
      </Td>
      <Td>
        <MappingState mapping={mapping} />
      </Td>
      <Td>
        <Flex gap={2} wrap="wrap">
          <LinkButton tag={Link} to={name} size="S" variant="tertiary" startIcon={<Pencil />}>
            {words(inCode ? 'mapping.look' : 'mapping.edit', { title })}
          </LinkButton>
          {!inCode && (
            <Button
              size="S"
              variant="tertiary"
              disabled={busy}
              aria-label={words(mapping.enabled ? 'mapping.switchOffOf' : 'mapping.switchOnOf', { title })}
              onClick={onSwitch}
            >
              {words(mapping.enabled ? 'mapping.switchOff' : 'mapping.switchOn')}
            </Button>
          )}
          <DownloadButton mapping={mapping} />
          {!inCode && !issued && (
            <Button
              size="S"
              variant="danger-light"
              startIcon={<Trash />}
              aria-label={words('mapping.deleteOf', { title })}
              onClick={onDelete}
            >
              {words('mapping.delete')}
            </Button>
          )}
        </Flex>
      </Td>
    </Tr>
  );
}

function MappingState({ mapping: { enabled, errors } }: { readonly mapping: ListedMapping }) {
  const words = useWords();
  if (enabled && errors.length > 0) {
    return (
      <Badge backgroundColor="danger100" textColor="danger700">
        {words('mapping.state.broken', { count: errors.length })}
      </Badge>
    );
  }
  return enabled ? (
    <Badge backgroundColor="success100" textColor="success700">
      {words('mapping.state.on')}
    </Badge>
  ) : (
    <Badge backgroundColor="neutral150" textColor="neutral700">
      {words('mapping.state.off')}
    </Badge>
  );
}

/** Saves the mapping as a file. Not a link: Strapi wants the token of whoever is logged in. */
function DownloadButton({ mapping: { name, title } }: { readonly mapping: ListedMapping }) {
  const words = useWords();
  const { get } = useFetchClient();
  const download = async () => {
    const { data } = await get<object>(`/seek-pass/mappings/${name}/file`);
    const url = URL.createObjectURL(
      new Blob([`${JSON.stringify(data, null, 2)}\n`], { type: 'application/json' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = `${name}.json`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button
      size="S"
      variant="tertiary"
      startIcon={<Download />}
      aria-label={words('mapping.downloadOf', { title })}
      onClick={() => void download()}
    >
      {words('mapping.download')}
    </Button>
  );
}
