import { credentialTypes } from '@seek-pass-kit/core';
import { dateFormats } from '@seek-pass-kit/flows/bulk';
import { z } from 'zod';

// As in `plugin-config.ts`, the message of each rule is its remedy.
const path = z.string().min(1).max(200, 'write it like "title" or "course.title"');
const text = z
  .string()
  .min(1, 'write a text, or leave the target out')
  .max(1000, 'write at most 1,000 characters');

const source = z.union(
  [z.strictObject({ field: path }), z.strictObject({ text }), z.strictObject({ template: text })],
  'write { field: "course.title" }, { text: "…" } or { template: "{course.title} – {course.hours} hours" }',
);

/** A mapping as it is kept in code or sent by the page: its form only. Whether it fits the site is said by `checkMapping`. */
export const mappingSchema = z.strictObject(
  {
    name: z
      .string('give it a name like "short-course"')
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/, 'use 1 to 50 small letters, digits and hyphens'),
    title: z
      .string('say what staff read, such as "Short course"')
      .trim()
      .min(1, 'say what staff read, such as "Short course"')
      .max(100, 'use at most 100 characters'),
    contentType: z.string('write it like "api::completion.completion"').min(1).max(200),
    credentialType: z.enum(credentialTypes, `choose one of ${credentialTypes.join(', ')}`),
    enabled: z.boolean('write true or false').default(true),
    targets: z.record(z.string().min(1).max(80), source, 'say for each target where it comes from'),
    timeZone: z.string().min(1).max(60, 'write it like "Australia/Sydney"').exactOptional(),
    dateFormat: z.enum(dateFormats, `choose one of ${dateFormats.join(', ')}`).exactOptional(),
  },
  'write name, title, contentType, credentialType and targets',
);
