/** The pages of the wallet. The link a partner passes on leads to `/partner/…`; what its hash says then stands in the path. */
export const walletPath = {
  home: '/wallet',
  logIn: '/wallet/log-in',
  persona: '/wallet/log-in/persona',
  code: '/wallet/log-in/code',
  logOut: '/wallet/log-out',
  app: '/wallet/app',
  add: (contentId: string) => `/wallet/add/${encodeURIComponent(contentId)}`,
  verify: (contentId: string) => `/wallet/verify/${encodeURIComponent(contentId)}`,
} as const;

const ownPage = /^\/wallet(?:\/(?:add|verify)\/[\w-]{1,64})?$/u;

/** Where to go on after a log-in: a page of the wallet, never another site. */
export function wayOn(wanted: string | null): string {
  return wanted !== null && ownPage.test(wanted) ? wanted : walletPath.home;
}

/** The flow and the submission or verification behind a page of the wallet; undefined for the other pages. */
export function linkBehind(
  path: string,
): { readonly flow: 'add' | 'verify'; readonly contentId: string } | undefined {
  const found = /^\/wallet\/(add|verify)\/([\w-]+)$/u.exec(path);
  const [, flow, contentId] = found ?? [];
  if (contentId === undefined) return undefined;
  return { flow: flow === 'add' ? 'add' : 'verify', contentId };
}

/** Whether a browser asks for a page, not a partner for the API: log-in codes and pages stay out of the request log. */
export function isWalletPage(url: string): boolean {
  return /^\/(?:$|\?|wallet(?:$|[/?])|partner\/(?:add|verify)\/)/u.test(url);
}

/** The browser is sent to web pages only: not to `javascript:` and its like. */
export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}
