import { Type } from 'typebox';
import type { CredentialKind } from '../credential-kind.ts';

export const kind: CredentialKind = {
  title: { id: 'SNMP v2c', en: 'SNMP v2c' },
  settings: Type.Object({ community: Type.String({ minLength: 1, maxLength: 255 }) }, { additionalProperties: false }),
  secrets: ['community'],
};
