import type { AwardInput } from '../../src/awards/award-input.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import type { AwardFile } from '../../src/documents/award-file.ts';
import {
  createDocumentHandler,
  type DocumentHandler,
  type DocumentHandlerOptions,
} from '../../src/documents/document-handler.ts';
import type { DocumentSettings } from '../../src/documents/document-settings.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import type { FlowNotice } from '../../src/flow-notice.ts';
import { type AddFlowFixture, openAddFlow } from '../add-flow-fixture.ts';

/** Stands in every file of the tests, to be searched for. */
export const marker = 'the certificate of zyxq7marker';

export const pdf: AwardFile = { type: 'pdf', bytes: Buffer.from(`%PDF-1.7\n${marker}\n%%EOF\n`) };

export const otherPdf: AwardFile = { type: 'pdf', bytes: Buffer.from(`%PDF-1.7\nanother\n%%EOF\n`) };

export const png: AwardFile = {
  type: 'png',
  bytes: Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from(marker)]),
};

export const jpg: AwardFile = { type: 'jpg', bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]) };

export const baseUrl = 'https://credentials.example.edu/documents';

/** A licence, which only v2 has. */
export const licence: AwardInput['credential'] = {
  credential_type: 'universal_credential',
  fields: {
    full_name: 'Nguyễn Thị Lan',
    credential_name: 'Forklift licence',
    issuer_name: 'Example University',
    credential_category: 'licence',
  },
};

/** An add flow that takes files, and the handler that serves them. */
export interface DocumentFixture extends AddFlowFixture {
  readonly handler: DocumentHandler;
  readonly notices: FlowNotice[];
  readonly faults: unknown[];
  /** Claims as a proven learner. */
  readonly click: (awardId: string, again?: boolean) => ReturnType<typeof submitClaim>;
  /** Claims, and gives the redirect. */
  readonly submit: (awardId: string, again?: boolean) => Promise<string>;
  /** What SEEK Pass got as the document, of the newest submission first. */
  readonly received: () => Array<{ readonly type: string | undefined; readonly value: string | null }>;
  /** The address that SEEK Pass got with the newest submission. */
  readonly address: () => string;
  /** Asks like SEEK Pass. */
  readonly fetch: (
    url: string,
    init?: RequestInit & { readonly from?: string },
    handler?: DocumentHandler,
  ) => Promise<Response>;
}

export async function openDocuments(
  options: DocumentHandlerOptions = {},
  change: Partial<FlowContext> = {},
  documents: Partial<DocumentSettings> = {},
): Promise<DocumentFixture> {
  const notices: FlowNotice[] = [];
  const faults: unknown[] = [];
  const flow = await openAddFlow({
    documents: { baseUrl, maxBytes: 1_000_000, ...documents },
    onNotice: (notice) => void notices.push(notice),
    ...change,
  });
  const { context, sandbox } = flow;
  const handler = createDocumentHandler(context, { onError: (error) => faults.push(error), ...options });
  const click = (awardId: string, again = false) => submitClaim(context, { awardId, generation: 1, again });
  const received = () =>
    sandbox.control.submissions.list().map(({ credentials: [credential] }) => ({
      type: credential?.documentType,
      value: credential?.document ?? null,
    }));
  return {
    ...flow,
    handler,
    notices,
    faults,
    click,
    async submit(awardId, again) {
      const outcome = await click(awardId, again);
      if (outcome.outcome !== 'redirect') throw new Error(`no redirect but ${outcome.outcome}`);
      return outcome.redirectUri;
    },
    received,
    address() {
      const [newest] = received();
      if (typeof newest?.value !== 'string') throw new Error('SEEK Pass got no address.');
      return newest.value;
    },
    fetch: (url, { from = '203.0.113.7', ...init } = {}, asked = handler) =>
      asked(new Request(url, init), { remoteAddress: from }),
  };
}
