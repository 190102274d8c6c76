import 'reflect-metadata';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { credentialTypes } from '@seek-pass-kit/core';
import { expect, onTestFinished, test } from 'vitest';
import { CredentialPipe } from '../../src/index.ts';
import { ApiCredentialBody, ApiSeekPassErrors } from '../../src/openapi/index.ts';

@Controller('awards')
@ApiSeekPassErrors()
class AwardsController {
  @Post('microcredential')
  @ApiCredentialBody('microcredential')
  one(@Body(new CredentialPipe('microcredential')) credential: object): object {
    return credential;
  }

  @Post()
  @ApiCredentialBody()
  any(@Body(new CredentialPipe()) credential: object): object {
    return credential;
  }
}

@Module({ controllers: [AwardsController] })
class AppModule {}

test('the description of an API says what a credential is and what the filter answers', async () => {
  const app = await NestFactory.create(AppModule, { logger: false });
  onTestFinished(() => app.close());
  const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  const one = paths['/awards/microcredential']?.post;
  expect(one?.requestBody).toMatchObject({
    required: true,
    content: {
      'application/json': {
        schema: {
          required: ['credential_type', 'fields'],
          properties: {
            credential_type: { enum: ['microcredential'] },
            fields: { required: ['full_name', 'issuer_name', 'microcredential_name', 'issue_date'] },
          },
        },
      },
    },
  });
  expect(one?.responses['422']).toMatchObject({
    content: {
      'application/json': { schema: { properties: { code: { enum: ['invalid_payload', 'rejected'] } } } },
    },
  });
  expect(Object.keys(one?.responses ?? {})).toEqual(
    expect.arrayContaining(['400', '422', '429', '500', '502', '503', '504']),
  );
  const any = JSON.stringify(paths['/awards']?.post?.requestBody);
  for (const type of credentialTypes) expect(any).toContain(`"enum":["${type}"]`);
});
