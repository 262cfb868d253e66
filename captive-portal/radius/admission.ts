import { hasAttribute } from './attributes.ts';
import { isRequestAuthentic, type Key, requestSigned } from './authenticators.ts';
import { CODE, TYPE } from './codes.ts';
import type { Packet } from './packet.ts';
import type { RadiusNas } from './policy.ts';

export type Unproven = 'unsigned' | 'unsignedProxy' | 'badSignature' | 'badAuthenticator';

/** Which NAS have shown a Message-Authenticator since the start, until the store says so itself. */
export type SignersSeen = {
  /** Whether this NAS must sign. Setting it to `no` forgets that it did. */
  mustSign(nas: RadiusNas): boolean;
  /** @returns true the first time */
  note(nas: RadiusNas): boolean;
};

export function createSignersSeen(): SignersSeen {
  const seen = new Set<string>();
  return {
    mustSign(nas) {
      if (nas.messageAuthenticator === 'no') seen.delete(nas.id);
      if (nas.messageAuthenticator !== 'auto') return nas.messageAuthenticator === 'required';
      return nas.authenticatorSeen || seen.has(nas.id);
    },
    note(nas) {
      if (nas.messageAuthenticator !== 'auto' || nas.authenticatorSeen || seen.has(nas.id)) return false;
      seen.add(nas.id);
      return true;
    },
  };
}

/**
 * Whether a request proves that its sender knows the secret, as far as its kind can.
 * @param isOverTls then the certificate has proven it, and nobody on the way can choose a prefix
 * @returns why it is dropped without an answer, or whether it was signed
 */
export function admit(
  key: Key,
  packet: Packet,
  { mustSign, isOverTls }: { readonly mustSign: boolean; readonly isOverTls: boolean },
): Unproven | 'signed' | 'plain' {
  if (packet.code === CODE.accountingRequest && !isRequestAuthentic(key, packet)) return 'badAuthenticator';
  const signed = requestSigned(key, packet);
  if (signed === 'wrong') return 'badSignature';
  if (signed === 'right') return 'signed';
  if (packet.code === CODE.accountingRequest) return 'plain';
  // RFC 5997 section 3, RFC 3579 section 3.2.
  if (packet.code === CODE.statusServer || hasAttribute(packet, TYPE.eapMessage)) return 'unsigned';
  if (mustSign) return 'unsigned';
  // The forged answer of CVE-2024-3596 needs octets of its own in the answer, and those are echoed Proxy-States.
  if (!isOverTls && hasAttribute(packet, TYPE.proxyState)) return 'unsignedProxy';
  return 'plain';
}
