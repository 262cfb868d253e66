import { createHash } from 'node:crypto';
import { ProbeError } from '../../core/domain/errors.ts';

/**
 * What routers before 6.43 want instead of the password: `00` and the MD5 of a zero byte, the password and the challenge.
 * @param challenge hexadecimal, from `=ret=`
 * @throws ProbeError `bad-answer` where the challenge is none
 */
export function challengeResponse(password: string, challenge: string): string {
  if (!/^(?:[0-9a-f]{2}){1,64}$/i.test(challenge))
    throw new ProbeError('bad-answer', 'the challenge of the login cannot be read', { detail: 'challenge' });
  const hash = createHash('md5').update(Uint8Array.of(0)).update(password, 'utf8').update(challenge, 'hex');
  return `00${hash.digest('hex')}`;
}
