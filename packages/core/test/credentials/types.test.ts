import { describe, expectTypeOf, test } from 'vitest';
import type {
  AddInput,
  Credential,
  CredentialOf,
  CredentialType,
  DocumentTypeOf,
  FieldsOf,
  PartnerChain,
  V1CredentialType,
  V1Envelope,
  V1EnvelopeOf,
} from '../../src/credentials/index.ts';
import { documentedEducation } from './samples.ts';

/** Checked by the compiler (`tsc -p .`); at run time they do nothing. */
describe('types', () => {
  test('credential_type decides about the fields', () => {
    const read = (credential: Credential): string =>
      credential.credential_type === 'microcredential'
        ? credential.fields.issuer_name
        : credential.fields.full_name;
    expectTypeOf(read).returns.toEqualTypeOf<string>();
    expectTypeOf<Credential['credential_type']>().toEqualTypeOf<CredentialType>();
    expectTypeOf<Extract<Credential, { credential_type: 'education' }>>().toEqualTypeOf<
      CredentialOf<'education'>
    >();
  });

  test('fields are required, optional and nullable as documented', () => {
    expectTypeOf<FieldsOf<'microcredential'>>().toEqualTypeOf<{
      full_name: string;
      issuer_name: string;
      microcredential_name: string;
      issue_date: string;
      expiry_date?: string | undefined;
      assessment_result?: string | null | undefined;
    }>();
    expectTypeOf<FieldsOf<'digital_identity'>['identity_document_liveness']>().toEqualTypeOf<
      'automated' | 'in_person'
    >();
    expectTypeOf<FieldsOf<'education'>['conferral_year']>().toEqualTypeOf<string | null | undefined>();
    // @ts-expect-error issue_date is required
    ({ full_name: 'A', issuer_name: 'B', microcredential_name: 'C' }) satisfies FieldsOf<'microcredential'>;
    // @ts-expect-error unknown fields are refused
    ({ full_name: 'A', country: 'SG', nationality: 'SG' }) satisfies FieldsOf<'right_to_work'>;
  });

  test('document types belong to their credential type', () => {
    expectTypeOf<DocumentTypeOf<'education'>>().toEqualTypeOf<'pdf' | 'open_cert'>();
    expectTypeOf<DocumentTypeOf<'microcredential'>>().toEqualTypeOf<'pdf' | 'png' | 'jpg' | 'open_cert'>();
    expectTypeOf<DocumentTypeOf<'english_proficiency'>>().toEqualTypeOf<'english_assessment'>();
    expectTypeOf<DocumentTypeOf<'right_to_work'>>().toEqualTypeOf<never>();
    expectTypeOf<CredentialOf<'right_to_work'>['document']>().toEqualTypeOf<undefined>();
  });

  test('v1 has every type but universal_credential', () => {
    expectTypeOf<V1CredentialType>().toEqualTypeOf<Exclude<CredentialType, 'universal_credential'>>();
    expectTypeOf<V1Envelope['credential_type']>().toEqualTypeOf<V1CredentialType>();
    expectTypeOf<V1EnvelopeOf<'education'>['document_type']>().toEqualTypeOf<'pdf' | 'open_cert' | 'none'>();
    expectTypeOf<
      V1EnvelopeOf<'english_proficiency'>['document_type']
    >().toEqualTypeOf<'english_assessment'>();
    expectTypeOf<V1EnvelopeOf<'right_to_work'>['document_type']>().toEqualTypeOf<'none'>();
  });

  test('partner_chain is where each type has it in v1', () => {
    type Chain = PartnerChain | undefined;
    expectTypeOf<V1EnvelopeOf<'education'>['data']['credential']['partner_chain']>().toEqualTypeOf<Chain>();
    expectTypeOf<V1EnvelopeOf<'digital_identity'>['data']['partner_chain']>().toEqualTypeOf<Chain>();
    expectTypeOf<
      V1EnvelopeOf<'english_proficiency'>['data']['credential']['test_scores']['partner_chain']
    >().toEqualTypeOf<Chain>();
    expectTypeOf<V1EnvelopeOf<'digital_identity'>['data']['credential']>().not.toHaveProperty(
      'partner_chain',
    );
  });

  test('both forms can be added', () => {
    expectTypeOf(documentedEducation).toExtend<AddInput>();
    expectTypeOf<{ credential: Credential; id: string; version: 'v2' }>().toExtend<AddInput>();
    expectTypeOf<Credential>().not.toExtend<AddInput>();
  });
});
