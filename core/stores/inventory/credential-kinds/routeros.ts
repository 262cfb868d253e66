import { Type } from 'typebox';
import { oneOf } from '../../../contract/common.ts';
import type { CredentialKind } from '../credential-kind.ts';

export const kind: CredentialKind = {
  title: { id: 'API RouterOS', en: 'RouterOS API' },
  settings: Type.Object(
    {
      user: Type.String({ minLength: 1, maxLength: 255 }),
      password: Type.String({ maxLength: 255 }),
      tls: Type.Optional(oneOf(['off', 'verify', 'no-verify', 'anonymous'])),
      port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
      /** Certificates in PEM that sign the routers' ones, for `verify`. */
      ca: Type.Optional(Type.String({ maxLength: 65_536 })),
    },
    { additionalProperties: false },
  ),
  secrets: ['password'],
};
