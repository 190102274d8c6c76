import type { Route } from '../http/message.ts';
import { uploadLimitBytes } from '../world/uploads.ts';
import { apiError } from './api-error.ts';
import { uploadPath } from './assets.ts';
import type { PartnerApi } from './partner-api.ts';

/** The far end of presigned upload links: PUT, raw bytes, no bearer token, the announced `Content-Type` (docs: "Batch field descriptions"). */
export function uploadRoutes({ world }: PartnerApi): readonly Route[] {
  return [
    {
      method: 'PUT',
      path: `${uploadPath}/:upload_id`,
      bodyLimit: uploadLimitBytes,
      handle: (request) => {
        const upload = world.uploads.find(request.params['upload_id'] ?? '');
        if (upload === undefined) return apiError(404, 'not_found', 'There is no such upload link.');
        if (!world.uploads.open(upload))
          return apiError(403, 'link_expired', 'The upload link has expired: send the add again.');
        if (request.header('authorization') !== undefined) {
          return apiError(
            400,
            'bearer_on_upload',
            'Upload without the Authorization header: the link itself is the permission.',
          );
        }
        if (request.header('content-type') !== upload.contentType) {
          const message = `Upload with "Content-Type: ${upload.contentType}", the type the link was made for.`;
          return apiError(403, 'content_type_differs', message);
        }
        if (request.body.length === 0) return apiError(400, 'empty_upload', 'The upload holds no bytes.');
        world.uploads.receive(upload, request.body);
        return { status: 200 };
      },
    },
  ];
}
