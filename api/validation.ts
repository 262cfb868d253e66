import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import type { FastifyValidationResult } from 'fastify/types/schema.js';
import type { TSchema } from 'typebox';
import { closed } from './json-schema.ts';

/** Compiled when the first request needs it: all routes together take seconds of every start, and few are needed soon. */
function whenNeeded(compile: () => ValidateFunction): FastifyValidationResult {
  let compiled: ValidateFunction | null = null;
  const validate: FastifyValidationResult = (data: unknown) => {
    compiled ??= compile();
    const isValid = compiled(data);
    validate.errors = compiled.errors ?? null;
    return isValid;
  };
  return validate;
}

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
    whenNeeded(() => (httpPart === 'body' ? ofBody.compile(closed({ ...schema })) : ofUrl.compile(schema)));
}

/** Fastify's own, each when its first answer is sent. */
export const buildSerializer: ReturnType<typeof SerializerSelector> = (externalSchemas, options) => {
  const compile = SerializerSelector()(externalSchemas, options);
  return (route) => {
    let compiled: ReturnType<typeof compile> | null = null;
    return (answer: unknown) => {
      compiled ??= compile(route);
      return compiled(answer);
    };
  };
};
