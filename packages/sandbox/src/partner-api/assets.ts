import type { Asset } from '../shapes.ts';
import type { Submitted } from '../world/submissions.ts';
import type { World } from '../world/world.ts';

/** Where upload links point to. */
export const uploadPath = '/uploads';

const contentTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  open_cert: 'application/json',
};

/**
 * Upload links for the assets that came without data, as members of the answer (their names: assumption `upload_links`). A
 * repeated id gets the links of the first time.
 */
export function preparedUploads(
  world: World,
  baseUrl: string,
  { submission, created }: Submitted,
  assets: readonly Asset[],
): { readonly assets?: readonly { asset_id: string; upload_url: string; content_type: string }[] } {
  if (created) {
    for (const asset of assets) {
      if (typeof asset.asset_data === 'string') continue;
      const contentType = contentTypes[asset.asset_type] ?? 'application/octet-stream';
      world.uploads.prepare(submission.contentId, asset.asset_id, contentType);
    }
  }
  const uploads = world.uploads.ofSubmission(submission.contentId);
  if (uploads.length === 0) return {};
  return {
    assets: uploads.map((upload) => ({
      asset_id: upload.assetId,
      upload_url: `${baseUrl}${uploadPath}/${upload.uploadId}`,
      content_type: upload.contentType,
    })),
  };
}
