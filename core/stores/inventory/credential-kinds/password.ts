import { Type } from 'typebox';
import type { CredentialKind } from '../credential-kind.ts';

/** For whatever asks for no more than a name and a password: web sites, cameras. */
export const kind: CredentialKind = {
  title: { id: 'Nama pengguna dan kata sandi', en: 'User name and password' },
  settings: Type.Object(
    { user: Type.String({ maxLength: 255 }), password: Type.String({ maxLength: 255 }) },
    { additionalProperties: false },
  ),
  secrets: ['password'],
};
