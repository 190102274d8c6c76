import { hkdfSync } from 'node:crypto';
import type { Credential } from '@seek-pass-kit/core';
import { credentialTitle } from '../awards/credential-title.ts';
import type { FlowContext } from '../flow-context.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import { openSealed, seal } from '../keys/seal.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { CourseRow } from '../store/reports.ts';

/** What an award was given for: awards of one course have all of this in common. Nothing of it tells about a person. */
export interface Course {
  readonly credentialType: string;
  /** The course, the test, the licence by its own name; for the kinds that have none, the kind in English. */
  readonly title: string;
  /** Who awards it, where the credential says so. */
  readonly institution?: string;
}

/** The course of a credential. */
function courseOf(credential: Credential): Course {
  const { credential_type: credentialType } = credential;
  const title = credentialTitle(credential, 'en');
  switch (credentialType) {
    case 'microcredential':
    case 'universal_credential':
      return { credentialType, title, institution: credential.fields.issuer_name };
    default:
      return { credentialType, title };
  }
}

/** 128 bits are enough to tell courses apart. */
const idLength = 22;

/** The courses of awards that are about to be stored. */
export class CourseBook {
  readonly #context: FlowContext;
  readonly #ids = new Map<string, string>();
  readonly #courses = new Map<string, Course>();

  constructor(context: FlowContext) {
    this.#context = context;
  }

  /** The id of a credential's course: the same for the same course, and useless to whoever has the database without the key. */
  idOf(credential: Credential): string {
    const course = courseOf(credential);
    const { credentialType, title, institution = null } = course;
    const name = JSON.stringify([credentialType, title, institution]);
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const { lookupKey, issuer } = this.#context;
    const hash = Buffer.from(lookupHash(lookupKey, issuer, 'course', name));
    const id = hash.toString('base64url').slice(0, idLength);
    this.#ids.set(name, id);
    this.#courses.set(id, course);
    return id;
  }

  /** Stores those that the issuer does not have yet. Most batches bring none. */
  async store(tx: StoreTransaction): Promise<void> {
    const { issuer } = this.#context;
    const known = new Set((await tx.courses(issuer, [...this.#courses.keys()])).map(({ id }) => id));
    const key = titleKey(this.#context);
    const rows = [...this.#courses].flatMap(([id, course]): CourseRow[] => {
      if (known.has(id)) return [];
      const text = Buffer.from(JSON.stringify(course), 'utf8');
      const sealedCourse = seal(key, text, placeOf(issuer, id));
      return [{ issuer, id, credentialType: course.credentialType, sealedCourse }];
    });
    await tx.insertCourses(rows);
  }
}

/** Opens stored courses; gives them by id. */
export function openCourses(context: FlowContext, rows: readonly CourseRow[]): ReadonlyMap<string, Course> {
  const key = titleKey(context);
  return new Map(
    rows.map(({ issuer, id, sealedCourse }) => {
      const opened = openSealed(key, sealedCourse, placeOf(issuer, id));
      // The ciphertext is authenticated: it is what we sealed.
      return [id, JSON.parse(Buffer.from(opened).toString('utf8')) as Course];
    }),
  );
}

/**
 * Made of the key of the hashes: who has that one can try titles on the ids anyway. So there is nothing to wrap, and nothing to do when
 * the key file is rotated.
 */
function titleKey({ lookupKey, issuer }: FlowContext): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', lookupKey, issuer, 'seek-pass-kit course titles', 32));
}

function placeOf(issuer: string, id: string) {
  return { issuer, row: id, column: 'sealed_course' };
}
