import { Flex, Link, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Link as RouterLink, useLocation } from 'react-router-dom';
import type { Issuance } from '../../../contract/issuances.ts';
import { StateChip } from '../awards/state-chip.tsx';
import { useMay } from '../permissions/use-may.ts';
import { useWords } from '../words/use-words.ts';
import { credentialTypeInWords } from './credential-type-words.ts';
import { entryAddress } from './entry-address.ts';
import { HoursLeft } from './hours-left.tsx';

const columns = ['credential', 'state', 'recipient', 'entry', 'since', 'issued'] as const;

/** One page of the list. */
export function IssuanceTable({ issuances }: { readonly issuances: readonly Issuance[] }) {
  const words = useWords();
  const { may } = useMay();
  const withRecipient = may('personal-data');
  const shown = columns.filter((column) => column !== 'recipient' || withRecipient);
  return (
    <Table colCount={shown.length} rowCount={issuances.length + 1} aria-label={words('issuances.title')}>
      <Thead>
        <Tr>
          {shown.map((column) => (
            <Th key={column}>
              <Typography variant="sigma" textColor="neutral600">
                {words(`issuances.column.${column}`)}
              </Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {issuances.map((issuance) => (
          <Row key={issuance.id} issuance={issuance} withRecipient={withRecipient} />
        ))}
      </Tbody>
    </Table>
  );
}

function Row({ issuance, withRecipient }: { readonly issuance: Issuance; readonly withRecipient: boolean }) {
  const words = useWords();
  const intl = useIntl();
  const { id, state, behindClosedLink, recipient, entry, since, createdAt, expiresAt, version } = issuance;
  const { search } = useLocation();
  const type = credentialTypeInWords(issuance.credentialType, words);
  const date = (time: number) => intl.formatDate(time, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Tr>
      <Td>
        <Flex direction="column" alignItems="flex-start">
          <Link tag={RouterLink} to={id} state={{ list: search }}>
            {issuance.title ?? type}
          </Link>
          <Typography variant="pi" textColor="neutral600">
            {version > 1 ? `${type} · ${words('awards.detail.version', { version })}` : type}
          </Typography>
        </Flex>
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <StateChip state={state} />
          {behindClosedLink === 'added' && (
            <Typography variant="pi" textColor="danger700">
              {words('issuances.inWallet')}
            </Typography>
          )}
          {expiresAt !== undefined && <HoursLeft expiresAt={expiresAt} />}
        </Flex>
      </Td>
      {withRecipient && (
        <Td>
          <Flex direction="column" alignItems="flex-start">
            <Typography textColor="neutral800">
              {recipient?.name ?? words('issuances.noRecipient')}
            </Typography>
            <Typography variant="pi" textColor="neutral600">
              {recipient?.email}
            </Typography>
          </Flex>
        </Td>
      )}
      <Td>
        {entry === undefined ? (
          <Typography textColor="neutral600">{words('issuances.imported')}</Typography>
        ) : (
          <Link tag={RouterLink} to={entryAddress(entry)}>
            {entry.contentTypeName}
          </Link>
        )}
      </Td>
      <Td>
        <Typography textColor="neutral800">{date(since)}</Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">{date(createdAt)}</Typography>
      </Td>
    </Tr>
  );
}
