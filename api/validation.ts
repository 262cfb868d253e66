import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import type { FastifyValidationResult } from 'fastify/types/schema.js';
import type { TSchema } from 'typebox';
import { closed } from './json-schema.ts';

/** What was made of a schema, which is a constant: kept for as long as the schema, however many servers a process has. */
function keptBySchema<Made>(make: (schema: TSchema) => Made): (schema: TSchema) => Made {
  const kept = new WeakMap<TSchema, Made>();
  return (schema) => {
    const known = kept.get(schema);
    if (known !== undefined) return known;
    const made = make(schema);
    kept.set(schema, made);
    return made;
  };
}

/** Contracts are held by their types: to read them once more as data costs the first request most of its time. */
const TRUSTED = { useDefaults: true, strict: false, validateSchema: false } as const;
const ofUrl = new Ajv({ ...TRUSTED, coerceTypes: true, allErrors: false });
const ofBody = new Ajv({ ...TRUSTED, coerceTypes: false, allErrors: true });
formats.default(ofUrl);
formats.default(ofBody);
const validatorOfUrl = keptBySchema((schema) => ofUrl.compile(schema));
const validatorOfBody = keptBySchema((schema) => ofBody.compile(closed({ ...schema })));

/** Compiled when the first request needs it: all routes together take seconds of every start, and few are needed soon. */
function whenNeeded(compiled: () => ValidateFunction): FastifyValidationResult {
  const validate: FastifyValidationResult = (data: unknown) => {
    const validator = compiled();
    const isValid = validator(data);
    validate.errors = validator.errors ?? null;
    return isValid;
  };
  return validate;
}

/**
 * What stands in a URL is text and is read as the type it should have. What stands in a body has its type already:
 * reading `null` as an empty text there would change what the caller said. A field that no contract knows is named
 * rather than dropped.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) =>
  whenNeeded(() => (httpPart === 'body' ? validatorOfBody(schema) : validatorOfUrl(schema)));

const writer = SerializerSelector()({}, {});
const serializerOf = keptBySchema((schema) => writer({ schema, method: 'GET', url: '/', httpStatus: '200' }));

/** Fastify's own, each when its first answer is sent. */
export const buildSerializer: ReturnType<typeof SerializerSelector> =
  () =>
  ({ schema }) =>
  (answer: unknown) =>
    serializerOf(schema as TSchema)(answer);
