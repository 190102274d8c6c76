import { z } from 'zod';
import type { SettingsChange } from '../../../contract/settings.ts';

const line = z.string().trim().min(1).max(200);
const address = z.string().trim().min(1).max(2_000);
const count = z.int().min(1).max(10_000_000);
const hour = z.int().min(0).max(23);

/** What the flow says about values is said by it: here are shapes and sizes. */
const values = z.strictObject({
  environment: z.enum(['sandbox', 'staging', 'production']).exactOptional(),
  baseUrl: address.exactOptional(),
  clientId: line.exactOptional(),
  scopes: z.array(z.string().min(1).max(100)).min(1).max(50).exactOptional(),
  claimBaseUrl: address.exactOptional(),
  'brand.name': line.exactOptional(),
  'brand.colour': line.exactOptional(),
  // 8 kB in base64.
  'brand.logo': z
    .string()
    .max(12_000)
    .regex(/^data:image\/(png|jpeg|webp);base64,/)
    .exactOptional(),
  'brand.helpEmail': line.exactOptional(),
  defaultLocale: line.exactOptional(),
  'sender.name': line.exactOptional(),
  'sender.address': line.exactOptional(),
  'sender.replyTo': line.exactOptional(),
  'reminders.timeZone': line.exactOptional(),
  'reminders.afterDays': z.array(z.int()).max(20).exactOptional(),
  'reminders.unfinishedAfterHours': z.union([z.int(), z.literal(false)]).exactOptional(),
  'reminders.quietHours': z.strictObject({ from: hour, to: hour }).exactOptional(),
  'mailLimits.perMinute': count.exactOptional(),
  'mailLimits.perDay': count.exactOptional(),
});

export const settingsChange: z.ZodType<SettingsChange> = z.strictObject({
  revision: z.int().min(0),
  values,
  clientSecret: z.string().min(1).max(1_000).exactOptional(),
});
