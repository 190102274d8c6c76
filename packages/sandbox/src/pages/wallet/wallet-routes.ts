import type { Route } from '../../http/message.ts';
import { addRoutes } from './add-routes.ts';
import { homeRoutes } from './home-page.ts';
import { linkRoutes } from './link-pages.ts';
import { logInRoutes } from './log-in-pages.ts';
import { verifyRoutes } from './verify-routes.ts';
import { WalletSite } from './wallet-site.ts';
import type { WalletParts } from './wallet-site.ts';

/** The wallet pages a learner sees: where the links of both flows lead, log-in, and the wallet itself. */
export function walletRoutes(parts: WalletParts): readonly Route[] {
  const site = new WalletSite(parts);
  return [
    ...linkRoutes(site),
    ...logInRoutes(site),
    ...addRoutes(site),
    ...verifyRoutes(site),
    ...homeRoutes(site),
  ];
}
