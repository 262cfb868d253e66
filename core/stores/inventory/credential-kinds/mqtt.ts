import { Type } from 'typebox';
import type { CredentialKind } from '../credential-kind.ts';

/** What a device signs in with at our own broker. */
export const kind: CredentialKind = {
  title: { id: 'MQTT', en: 'MQTT' },
  settings: Type.Object(
    {
      username: Type.String({ minLength: 1, maxLength: 100 }),
      password: Type.String({ minLength: 8, maxLength: 255 }),
    },
    { additionalProperties: false },
  ),
  secrets: ['password'],
};
