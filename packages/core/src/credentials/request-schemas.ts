import { z } from 'zod';
import { list, strict, text, webUrl } from './field-schemas.ts';

const label = text.optional();

/** The shapes of the request bodies that hold no credential. Unknown members are refused. */
export const requestSchemas = {
  /** Up to 30 ids (docs: "Check submission status"). */
  bulkStatus: strict({ ids: list(text, 1, 30) }),
  /** Docs: "Verify with SEEK Pass". */
  verifyRequest: strict({
    request_id: label,
    callback_url: webUrl.optional(),
    display_options: strict({ partner_name: text, partner_logo_url: webUrl.optional() }),
    request_source: z.array(strict({ name: text })).optional(),
    metadata: strict({
      position_title: label,
      position_url: label,
      position_location: label,
      job_categories: label,
      applied_on_seek: z.boolean().optional(),
    }).optional(),
  }),
  /** Docs: "Webhooks". */
  webhookCreate: strict({ url: webUrl, name: label, description: label }),
  /** Docs: "Webhooks". The path is printed without an id, so the id may be in the body. */
  webhookUpdate: strict({ id: label, url: webUrl.optional(), name: label, description: label }),
};
