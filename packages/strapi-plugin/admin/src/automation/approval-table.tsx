import {
  Box,
  Flex,
  Link,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { Approval } from '../../../contract/automation.ts';
import { IssueButton } from '../entries/issue-button.tsx';
import { useWords } from '../words/use-words.ts';
import { DismissButton } from './dismiss-button.tsx';

const columns = ['credential', 'why', 'published'] as const;

/** Entries that wait for a person. What issuing one would do is shown before it is done, as on the entry itself. */
export function ApprovalTable({
  approvals,
  onDismissed,
}: {
  readonly approvals: readonly Approval[];
  readonly onDismissed: () => void;
}) {
  const words = useWords();
  return (
    <Table
      colCount={columns.length + 1}
      rowCount={approvals.length + 1}
      aria-label={words('automation.approvals.list')}
    >
      <Thead>
        <Tr>
          {columns.map((column) => (
            <Th key={column}>
              <Typography variant="sigma">{words(`automation.column.${column}`)}</Typography>
            </Th>
          ))}
          <Th>
            <VisuallyHidden>{words('automation.column.actions')}</VisuallyHidden>
          </Th>
        </Tr>
      </Thead>
      <Tbody>
        {approvals.map((approval) => {
          const { contentType, documentId, locale, mapping, label, title, reason, publishedAt, publishedBy } =
            approval;
          const place = { contentType, documentId, mapping, ...(locale === undefined ? {} : { locale }) };
          return (
            <Tr key={`${contentType} ${documentId} ${locale ?? ''} ${mapping}`}>
              <Td>
                <Flex direction="column" alignItems="start" gap={1}>
                  <Link tag={NavLink} to={entryAddress(approval)}>
                    {title ?? words('automation.open')}
                  </Link>
                  <Typography variant="pi" textColor="neutral600">
                    {label}
                  </Typography>
                </Flex>
              </Td>
              <Td>
                <Box maxWidth="28rem">
                  <Typography>{words(`automation.reason.${reason}`)}</Typography>
                </Box>
              </Td>
              <Td>
                <Typography>
                  {publishedBy === undefined
                    ? words('automation.published', { when: publishedAt })
                    : words('automation.published.by', { when: publishedAt, name: publishedBy })}
                </Typography>
              </Td>
              <Td>
                <Flex gap={2} justifyContent="end">
                  <IssueButton place={place} label="automation.issue" whyNot={undefined} />
                  <DismissButton place={place} onDismissed={onDismissed} />
                </Flex>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}

function entryAddress({ contentType, documentId, locale }: Approval): string {
  const language = locale === undefined ? '' : `?plugins[i18n][locale]=${encodeURIComponent(locale)}`;
  return `/content-manager/collection-types/${contentType}/${documentId}${language}`;
}
