import { type Static, Type } from 'typebox';
import { Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';

/** A credential as it is shown: never its settings. */
export const Credential = Type.Object({
  id: Uuid,
  name: Type.String(),
  kind: Type.String(),
  devices: Type.Integer(),
});
export type Credential = Static<typeof Credential>;

const settings = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  maxProperties: 20,
  description: 'By the schema of the kind, see the catalogue',
});
const name = Type.String({ minLength: 1, maxLength: 100 });
const CredentialParams = Type.Object({ credentialId: Uuid });

export const listCredentials = {
  method: 'GET',
  url: '/api/v1/credentials',
  summary: 'Credentials by name, without their secrets',
  tag: 'inventory',
  access: EDITORS,
  schema: { response: { 200: Type.Object({ items: Type.Array(Credential) }) } },
} as const satisfies Contract;

export const createCredential = {
  method: 'POST',
  url: '/api/v1/credentials',
  summary: 'Store a credential, encrypted',
  tag: 'inventory',
  access: EDITORS,
  schema: {
    body: Type.Object({ name, kind: Type.String({ maxLength: 60 }), settings }),
    response: { 201: Credential },
  },
} as const satisfies Contract;

export const updateCredential = {
  method: 'PATCH',
  url: '/api/v1/credentials/:credentialId',
  summary: 'Rename a credential or replace its settings',
  tag: 'inventory',
  access: EDITORS,
  schema: {
    params: CredentialParams,
    body: Type.Object({ name: Type.Optional(name), settings: Type.Optional(settings) }),
    response: { 200: Credential },
  },
} as const satisfies Contract;

export const deleteCredential = {
  method: 'DELETE',
  url: '/api/v1/credentials/:credentialId',
  summary: 'Remove a credential that no device uses',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: CredentialParams, response: { 204: Type.Null() } },
} as const satisfies Contract;
