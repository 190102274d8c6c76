import type { ClaimPage, PageFrame } from '../../src/pages/claim-page.ts';
import { renderClaimPage } from '../../src/pages/render-claim-page.ts';
import { styleHash } from '../../src/pages/style-sheet.ts';
import type { Visitor } from './chromium.ts';

/** Nobody listens here: the answer is given before the request leaves the browser. */
const address = 'http://127.0.0.1:9/claim/sample';

/** Shows a page to a visitor under the policy that its docstring asks for. Where it leads to, nothing is. */
export async function showPage({ page }: Visitor, claimPage: ClaimPage, frame: PageFrame): Promise<void> {
  const policy = [
    "default-src 'none'",
    `style-src ${styleHash(frame.brand)}`,
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
  ];
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
  };
  await page.unrouteAll();
  await page.route('**/*', (route) =>
    route.request().url() === address
      ? route.fulfill({ body: renderClaimPage(claimPage, frame), headers })
      : route.fulfill({ status: 204 }),
  );
  await page.goto(address);
}
