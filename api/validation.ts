import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { closed } from './json-schema.ts';

/**
 * What stands in a URL is text and is read as the type it should have. What stands in a body has its type already:
 * reading `null` as an empty text there would change what the caller said. A field that no contract knows is named
 * rather than dropped.
 */
export function validatorCompiler(): FastifySchemaCompiler<TSchema> {
  const ofUrl = new Ajv({ coerceTypes: true, useDefaults: true, strict: false, allErrors: false });
  const ofBody = new Ajv({ coerceTypes: false, useDefaults: true, strict: false, allErrors: true });
  formats.default(ofUrl);
  formats.default(ofBody);
  return ({ schema, httpPart }) =>
    httpPart === 'body' ? ofBody.compile(closed({ ...schema })) : ofUrl.compile(schema);
}
