import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useId, useState } from 'react';
import { useIntl } from 'react-intl';
import type { EntryAward } from '../../../contract/entry-awards.ts';
import type { EntryPlace } from '../../../contract/entry-place.ts';
import { AwardHistory } from '../awards/award-history.tsx';
import { ResendButton } from '../awards/resend-button.tsx';
import { StateChip } from '../awards/state-chip.tsx';
import { WithdrawButton } from '../awards/withdraw-button.tsx';
import { useHas } from '../permissions/use-has.ts';
import type { WordKey } from '../words/word-key.ts';
import { useWords } from '../words/use-words.ts';
import { awardsChanged } from './awards-changed.ts';
import { ClaimLinkButton } from './claim-link-button.tsx';
import { IssueButton } from './issue-button.tsx';

interface EntryAwardBlockProps {
  readonly place: EntryPlace;
  readonly award: EntryAward;
  /** Why the entry cannot be issued as it is. */
  readonly whyNot: WordKey | undefined;
}

/** One award of an entry: where it stands, what happened, and what can be done. */
export function EntryAwardBlock({ place, award, whyNot }: EntryAwardBlockProps) {
  const words = useWords();
  const intl = useIntl();
  const has = useHas();
  const heading = useId();
  const { mapping, label, state, evidence, behindClosedLink, changed, mayIssue, issued, recipient } = award;
  const at = { ...place, mapping };
  const isOpen = issued !== undefined && !isClosed(state);
  const date = (time: number | string) => intl.formatDate(time, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Box tag="section" aria-labelledby={heading}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex justifyContent="space-between" gap={2} wrap="wrap">
          <Typography id={heading} tag="h3" variant="omega" fontWeight="semiBold" textColor="neutral800">
            {label}
          </Typography>
          <StateChip state={state} />
        </Flex>
        {issued && (
          <Flex tag="dl" direction="column" alignItems="stretch" gap={1}>
            <Fact name={words('entries.issuedAt')}>
              {words('entries.issuedBy', { at: date(issued.at), who: issued.who })}
            </Fact>
            {recipient && (
              <Fact name={words('entries.recipient')}>{`${recipient.name} (${recipient.email})`}</Fact>
            )}
            {issued.version > 1 && <Fact name={words('entries.version')}>{String(issued.version)}</Fact>}
            {issued.heldUntil && <Fact name={words('entries.heldUntil')}>{date(issued.heldUntil)}</Fact>}
          </Flex>
        )}
        {evidence === 'inferred' && <Remark>{words('entries.inferred')}</Remark>}
        {behindClosedLink === 'added' && <Remark warn>{words('entries.inWallet')}</Remark>}
        {behindClosedLink === 'submitted' && <Remark warn>{words('entries.stillOpen')}</Remark>}
        {changed && <Remark warn>{words('entries.changed')}</Remark>}
        {!mayIssue && <Remark>{words('entries.mappingOff')}</Remark>}
        <Flex direction="column" alignItems="stretch" gap={2}>
          {has('issue') && mayIssue && whatIssuing(award) !== undefined && (
            <IssueButton place={at} label={whatIssuing(award) ?? 'entries.issue'} whyNot={whyNot} />
          )}
          {has('issue') && isOpen && state !== 'rejected' && (
            <ResendButton path="/seek-pass/entries/resend" place={at} fullWidth onDone={awardsChanged} />
          )}
          {has('copy-link') && isOpen && <ClaimLinkButton place={at} />}
          {has('withdraw') && isOpen && (
            <WithdrawButton
              title={label}
              state={state}
              path="/seek-pass/entries/withdraw"
              place={at}
              fullWidth
              onDone={awardsChanged}
            />
          )}
        </Flex>
        {issued && <History award={award} />}
      </Flex>
    </Box>
  );
}

function isClosed(state: EntryAward['state']): boolean {
  return state === 'withdrawn' || state === 'superseded' || state === 'erased';
}

/** What the button that issues says; `undefined`: there is nothing to issue. */
function whatIssuing({ state, changed }: EntryAward): WordKey | undefined {
  if (state === 'not_issued') return 'entries.issue';
  if (state === 'withdrawn') return 'entries.issueAgain';
  if (state === 'erased') return undefined;
  return changed || state === 'rejected' ? 'entries.reissue' : undefined;
}

function Fact({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div>
      <Typography tag="dt" variant="pi" textColor="neutral600">
        {name}
      </Typography>
      <Typography tag="dd" variant="omega" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Typography>
    </div>
  );
}

function Remark({ warn = false, children }: { readonly warn?: boolean; readonly children: string }) {
  return (
    <Box background={warn ? 'warning100' : 'neutral100'} hasRadius padding={3}>
      <Typography variant="pi" textColor="neutral800">
        {children}
      </Typography>
    </Box>
  );
}

function History({ award: { history } }: { readonly award: EntryAward }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <Box>
      <Button
        variant="ghost"
        size="S"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen((former) => !former)}
      >
        {words(open ? 'entries.hideHistory' : 'entries.showHistory')}
      </Button>
      <Box id={id} paddingTop={open ? 2 : 0}>
        {open && <AwardHistory lines={history} />}
      </Box>
    </Box>
  );
}
