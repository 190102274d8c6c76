import { describe, expect, test } from 'vitest';
import { type Credential, validate } from '../../src/credentials/index.ts';
import { afterChange, type Found, found } from './found.ts';
import { documentedEducation, openCert } from './samples.ts';

describe('documents', () => {
  test.each<[string, Credential['credential_type'], unknown, Found[]]>([
    ['none', 'education', undefined, []],
    ['a PDF', 'education', { type: 'pdf', value: 'https://a.edu/x.pdf' }, []],
    ['a PNG', 'education', { type: 'png', value: 'https://a.edu/x.png' }, [['document.type', 'not_one_of']]],
    [
      'the type none',
      'education',
      { type: 'none', value: 'https://a.edu/x.png' },
      [['document.type', 'not_one_of']],
    ],
    ['a path', 'education', { type: 'pdf', value: '/x.pdf' }, [['document.value', 'bad_document']]],
    [
      'an address with a password',
      'education',
      { type: 'pdf', value: 'https://a:b@a.edu/x.pdf' },
      [['document.value', 'bad_document']],
    ],
    [
      'a file address',
      'education',
      { type: 'pdf', value: 'file:///x.pdf' },
      [['document.value', 'bad_document']],
    ],
    ['a file to upload', 'education', { type: 'pdf', value: null }, []],
    ['an OpenCert', 'education', { type: 'open_cert', value: openCert }, []],
    [
      'an OpenCert encoded twice',
      'education',
      { type: 'open_cert', value: JSON.stringify(openCert) },
      [['document.value', 'bad_document']],
    ],
    [
      'an OpenCert as an object',
      'education',
      { type: 'open_cert', value: JSON.parse(openCert) as unknown },
      [['document.value', 'wrong_type']],
    ],
    [
      'an OpenCert that is a list',
      'education',
      { type: 'open_cert', value: '[]' },
      [['document.value', 'bad_document']],
    ],
    [
      'the placeholder of the documentation',
      'education',
      { type: 'open_cert', value: '<OPEN_CERTS>' },
      [['document.value', 'bad_document']],
    ],
    [
      'a PDF',
      'english_proficiency',
      { type: 'pdf', value: 'https://a.edu/x.pdf' },
      [['document.type', 'not_one_of']],
    ],
    ['a data URL', 'universal_credential', { type: 'pdf', value: 'data:application/pdf;base64,AAAA' }, []],
    [
      'an OpenCert',
      'universal_credential',
      { type: 'open_cert', value: openCert },
      [['document.type', 'not_one_of']],
    ],
    ['a PDF', 'right_to_work', { type: 'pdf', value: 'https://a.edu/x.pdf' }, [['document', 'bad_document']]],
  ])('%s for %s', (_name, type, document, problems) => {
    expect(afterChange(type, {}, { document })).toEqual(problems);
  });

  const education = documentedEducation.data.credential;
  test.each<[string, string, object, Found[]]>([
    ['none without a document', 'none', {}, []],
    ['none with null', 'none', { document: null }, []],
    ['none with a document', 'none', { document: openCert }, [['data.document', 'bad_document']]],
    ['pdf without a document', 'pdf', {}, [['data.document', 'bad_document']]],
    ['pdf with null', 'pdf', { document: null }, [['data.document', 'bad_document']]],
    ['pdf with an OpenCert', 'pdf', { document: openCert }, [['data.document', 'bad_document']]],
    [
      'pdf with a data URL',
      'pdf',
      { document: 'data:application/pdf;base64,AAAA' },
      [['data.document', 'bad_document']],
    ],
    [
      'open_cert with an address',
      'open_cert',
      { document: 'https://a.edu/x' },
      [['data.document', 'bad_document']],
    ],
    ['pdf with a number', 'pdf', { document: 7 }, [['data.document', 'wrong_type']]],
  ])('document_type %s', (_name, document_type, document, problems) => {
    const envelope = { ...documentedEducation, document_type, data: { credential: education, ...document } };
    expect(found(validate(envelope))).toEqual(problems);
  });
});
