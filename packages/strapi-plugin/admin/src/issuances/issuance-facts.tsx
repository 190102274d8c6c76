import { Box, Flex, Grid, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { IssuanceDetail } from '../../../contract/issuances.ts';
import { whoInWords } from '../awards/event-words.ts';
import { StateChip } from '../awards/state-chip.tsx';
import { useWords } from '../words/use-words.ts';
import { credentialTypeInWords } from './credential-type-words.ts';
import { HoursLeft } from './hours-left.tsx';

/** Where an award stands, what that means, and whose it is. */
export function IssuanceFacts({ issuance }: { readonly issuance: IssuanceDetail }) {
  const words = useWords();
  const intl = useIntl();
  const { state, evidence, behindClosedLink, recipient, key, who, createdAt, expiresAt, heldUntil, muted } =
    issuance;
  const time = (at: number) => intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' });
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    [words('issuances.fact.name'), recipient?.name],
    [words('issuances.fact.email'), recipient?.email],
    [words('issuances.fact.type'), credentialTypeInWords(issuance.credentialType, words)],
    [words('issuances.fact.version'), String(issuance.version)],
    [
      words('issuances.fact.issued'),
      words('issuances.fact.issuedBy', { time: time(createdAt), who: whoInWords({ who }, words) }),
    ],
    [words('issuances.fact.entry'), issuance.entry?.contentTypeName ?? words('issuances.imported')],
    [words('issuances.fact.key'), key],
    [words('issuances.fact.id'), issuance.id],
  ];
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex direction="column" alignItems="flex-start" gap={2}>
        <StateChip state={state} />
        <Typography>{words(`issuances.means.${state}`)}</Typography>
        {evidence === 'inferred' && (
          <Typography textColor="neutral600">{words('issuances.inferred')}</Typography>
        )}
        {behindClosedLink === 'added' && <Warning>{words('issuances.means.inWallet')}</Warning>}
        {behindClosedLink === 'submitted' && <Warning>{words('issuances.means.stillOpen')}</Warning>}
        {muted !== undefined && <Warning>{words(`issuances.muted.${muted}`)}</Warning>}
        {heldUntil !== undefined && (
          <Warning>{words('issuances.heldUntil', { time: time(heldUntil) })}</Warning>
        )}
        {expiresAt !== undefined && <HoursLeft expiresAt={expiresAt} />}
      </Flex>
      <Grid.Root tag="dl" gap={4}>
        {facts.map(([name, value]) =>
          value === undefined ? null : (
            <Grid.Item key={name} col={6} s={12} direction="column" alignItems="flex-start">
              <Typography tag="dt" variant="sigma" textColor="neutral600">
                {name}
              </Typography>
              <Typography tag="dd" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
                {value}
              </Typography>
            </Grid.Item>
          ),
        )}
      </Grid.Root>
    </Flex>
  );
}

function Warning({ children }: { readonly children: ReactNode }) {
  return (
    <Box background="warning100" borderColor="warning200" hasRadius padding={3}>
      <Typography textColor="warning700">{children}</Typography>
    </Box>
  );
}
