/** The part of the package `net-snmp` that SNMPv3 uses here; it ships no types of its own. */
declare module 'net-snmp' {
  import type { EventEmitter } from 'node:events';

  export type NetSnmpVarbind = { readonly oid: string; readonly type: number; readonly value: unknown };
  export type NetSnmpUser = {
    readonly name: string;
    readonly level: number;
    readonly authProtocol?: number;
    readonly authKey?: string;
    readonly privProtocol?: number;
    readonly privKey?: string;
  };
  export type NetSnmpSession = EventEmitter & {
    get(oids: readonly string[], callback: (error: Error | null, varbinds?: NetSnmpVarbind[]) => void): void;
    getNext(oids: readonly string[], callback: (error: Error | null, varbinds?: NetSnmpVarbind[]) => void): void;
    getBulk(
      oids: readonly string[],
      nonRepeaters: number,
      maxRepetitions: number,
      callback: (error: Error | null, varbinds?: NetSnmpVarbind[][]) => void,
    ): void;
    close(): void;
  };

  export function createV3Session(address: string, user: NetSnmpUser, options: object): NetSnmpSession;
  export const Version3: number;
  export const SecurityLevel: Readonly<Record<'noAuthNoPriv' | 'authNoPriv' | 'authPriv', number>>;
  export const AuthProtocols: Readonly<Record<string, number>>;
  export const PrivProtocols: Readonly<Record<string, number>>;
  export type UsmEngine = { readonly engineID: Buffer };
  export const Authentication: {
    passwordToKey(authProtocol: number, password: string, engineId: Buffer): Buffer;
  };
  export const Encryption: {
    readonly algorithms: Readonly<
      Record<
        number,
        {
          encryptPdu: (
            scopedPdu: Buffer,
            privProtocol: number,
            password: string,
            authProtocol: number,
            engine: UsmEngine,
          ) => { encryptedPdu: Buffer; msgPrivacyParameters: Buffer };
          decryptPdu: (
            encryptedPdu: Buffer,
            privProtocol: number,
            salt: Buffer,
            password: string,
            authProtocol: number,
            engine: UsmEngine,
          ) => Buffer;
        }
      >
    >;
  };
  export class RequestTimedOutError extends Error {}
  export class RequestFailedError extends Error {
    readonly status: number;
  }
  export class ResponseInvalidError extends Error {
    readonly code: number;
  }
}
