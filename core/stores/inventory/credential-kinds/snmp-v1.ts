import { Type } from 'typebox';
import type { CredentialKind } from '../credential-kind.ts';

export const kind: CredentialKind = {
  title: { id: 'SNMP v1', en: 'SNMP v1' },
  settings: Type.Object({ community: Type.String({ minLength: 1, maxLength: 255 }) }, { additionalProperties: false }),
  secrets: ['community'],
};
