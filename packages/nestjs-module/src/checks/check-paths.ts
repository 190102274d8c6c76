import { routeAt } from '../registration/route-at.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import type { FoundProblems } from './found-problems.ts';

/** Finds URLs without a path, where nothing can be mounted, and settings with one path. */
export function checkPaths(options: SeekPassModuleOptions, problems: FoundProblems): void {
  const settings = new Map<string, string>();
  for (const [setting, url] of servedUrls(options)) {
    const { path, origin } = routeAt(url, async () => new Response());
    const same = settings.get(path.toLowerCase());
    if (path === '') {
      problems.add(setting, `${setting} has no path: write it like ${origin}/${usualPaths.get(setting)}.`);
    } else if (same !== undefined && same !== setting) {
      problems.add(
        setting,
        `${same} and ${setting} have the same path ${path}: give each of the two a path of its own.`,
      );
    }
    settings.set(path.toLowerCase(), setting);
  }
}

const usualPaths: ReadonlyMap<string, string> = new Map([
  ['addFlow.claimBaseUrl', 'claim'],
  ['verifyFlow.callbackBaseUrl', 'verify'],
]);

/** What is mounted, by its setting. What is no URL is told of by the part. */
function servedUrls({
  addFlow,
  claimPages,
  verifyFlow,
  webhooks,
}: SeekPassModuleOptions): ReadonlyArray<readonly [setting: string, url: string]> {
  const urls: ReadonlyArray<readonly [string, string | undefined]> = [
    [
      'addFlow.claimBaseUrl',
      claimPages === undefined || claimPages === false ? undefined : addFlow?.claimBaseUrl,
    ],
    ['addFlow.documents.baseUrl', addFlow?.documents?.baseUrl],
    ['verifyFlow.callbackBaseUrl', verifyFlow?.callbackBaseUrl],
    ...[webhooks?.receiverUrl ?? []].flat().map((url) => ['webhooks.receiverUrl', url] as const),
  ];
  return urls.flatMap(([setting, url]) => (url !== undefined && URL.canParse(url) ? [[setting, url]] : []));
}
