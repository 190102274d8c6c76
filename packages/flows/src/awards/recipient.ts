import { z } from 'zod';
import { isMailbox } from './mailbox.ts';

/** Who gets an award. */
export interface Recipient {
  /** As the institution knows the person; the credential has its own `full_name`. */
  readonly fullName: string;
  /** One plain mailbox. */
  readonly email: string;
  /** Of mails and claim pages: `en`, `id`, `th`, `zh-Hant`, `vi`, `ms`. Default: the issuer's. */
  readonly locale?: string;
  /** The host's own stable id of the person, never an e-mail address: what `host` proof compares. */
  readonly subject?: string;
  /** Facts only the person should know, such as a student number: what `known-fact` proof asks for, by name. */
  readonly knownFacts?: Readonly<Record<string, string>>;
  /** Whether the host verified that the mailbox is the person's. Default false. */
  readonly emailVerified?: boolean;
  /** Under age: claims need the configured guardian proof. */
  readonly minor?: boolean;
}

/** Refuses what could break out of a header or disguise a text: controls, line separators, bidi overrides. */
const disguise = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const plainText = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine(
      (text) => !disguise.test(text) && text.trim() === text,
      'has control characters, direction overrides or outer spaces',
    );

/** The shape of {@link Recipient}, strict. */
export const recipientSchema = z.strictObject({
  fullName: plainText(200).refine(
    (name) => !/:\/\/|www\.|[\p{L}\p{N}]\.[\p{L}\p{N}.-]+\/|[<>]/iu.test(name),
    'looks like a link or markup',
  ),
  email: z.string().refine(isMailbox, 'is not one plain mailbox'),
  locale: z.string().min(2).max(35).optional(),
  subject: plainText(200)
    .refine((subject) => !subject.includes('@'), 'looks like an e-mail address: use a stable id')
    .optional(),
  knownFacts: z.record(plainText(60), plainText(200)).optional(),
  emailVerified: z.boolean().optional(),
  minor: z.boolean().optional(),
});
