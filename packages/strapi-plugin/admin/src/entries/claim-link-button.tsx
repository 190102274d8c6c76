import { Box, Button, Field, Flex, Modal, Typography } from '@strapi/design-system';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { EntryAwardPlace, EntryLink } from '../../../contract/entry-awards.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';
import { awardsChanged } from './awards-changed.ts';

/** Asks for the claim link and shows it with its QR code; the history says who asked. Nothing keeps it when the dialog closes. */
export function ClaimLinkButton({ place }: { readonly place: EntryAwardPlace }) {
  const words = useWords();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  const { send, sending, problem } = useSend();
  const [link, setLink] = useState<EntryLink>();
  const ask = async () => {
    const given = await send<EntryLink>('POST', '/seek-pass/entries/link', place);
    if (given === undefined) return;
    setLink(given);
    awardsChanged();
  };
  const copyLink = async () => {
    if (link !== undefined && (await copy(link.url)))
      toggleNotification({ type: 'success', message: words('entries.link.copied') });
  };
  return (
    <>
      <Button variant="tertiary" fullWidth loading={sending} onClick={() => void ask()}>
        {words('entries.link')}
      </Button>
      <ProblemAlert problem={problem} />
      <Modal.Root open={link !== undefined} onOpenChange={(open: boolean) => open || setLink(undefined)}>
        <Modal.Content>
          <Modal.Header>
            <Modal.Title>{words('entries.link.title')}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Typography variant="omega">{words('entries.link.care')}</Typography>
              <Field.Root>
                <Field.Label>{words('entries.link.label')}</Field.Label>
                <Field.Input readOnly value={link?.url ?? ''} />
              </Field.Root>
              <Flex justifyContent="center">
                {link && (
                  <Box
                    tag="img"
                    alt={words('entries.link.qr')}
                    src={`data:image/svg+xml;utf8,${encodeURIComponent(link.qr)}`}
                    width="20rem"
                    height="20rem"
                  />
                )}
              </Flex>
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={() => setLink(undefined)}>
              {words('entries.close')}
            </Button>
            <Button onClick={() => void copyLink()}>{words('entries.link.copy')}</Button>
          </Modal.Footer>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
