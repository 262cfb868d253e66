import { Type } from 'typebox';
import { oneOf } from '../../../contract/common.ts';
import type { CredentialKind } from '../credential-kind.ts';

/** A passphrase is of at least 8 characters (RFC 3414, 11.2). */
const Passphrase = Type.String({ minLength: 8, maxLength: 255 });

export const kind: CredentialKind = {
  title: { id: 'SNMP v3', en: 'SNMP v3' },
  settings: Type.Object(
    {
      user: Type.String({ minLength: 1, maxLength: 32 }),
      level: oneOf(['noAuthNoPriv', 'authNoPriv', 'authPriv']),
      authProtocol: Type.Optional(oneOf(['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'])),
      authKey: Type.Optional(Passphrase),
      privProtocol: Type.Optional(oneOf(['des', 'aes', 'aes256b', 'aes256r'])),
      privKey: Type.Optional(Passphrase),
      context: Type.Optional(Type.String({ maxLength: 255 })),
    },
    { additionalProperties: false },
  ),
  secrets: ['authKey', 'privKey'],
  check(settings) {
    const needed = {
      noAuthNoPriv: [],
      authNoPriv: ['authProtocol', 'authKey'],
      authPriv: ['authProtocol', 'authKey', 'privProtocol', 'privKey'],
    }[settings['level'] as 'noAuthNoPriv' | 'authNoPriv' | 'authPriv'];
    const missing = needed.find((field) => settings[field] === undefined);
    return missing === undefined ? null : { field: missing, reason: `the level ${settings['level']} needs it` };
  },
};
