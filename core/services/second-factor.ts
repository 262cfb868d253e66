import { createHash, randomInt } from 'node:crypto';
import { create as qrCode } from 'qrcode';
import type { Role } from '../contract/contract.ts';
import type { Enrolment } from '../contract/security.ts';
import type { Account } from '../contract/session.ts';
import { type Clock, MINUTE } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import { type AttemptLimiter, attemptLimiter } from './attempt-limiter.ts';
import { generateTotpSecret, matchingStep, totpUri } from './totp.ts';

export type SecondFactorDeps = {
  readonly signIns: Inventory['signIns'];
  readonly clock: Clock;
  /** Roles that must have one. */
  readonly requiredFor: readonly Role[];
  readonly limiter?: AttemptLimiter;
};

/** A guess at six digits hits three in a million, and whoever guesses has the password already. */
const CODE_LIMITS = {
  pair: { attempts: 6, windowMs: 15 * MINUTE },
  name: { attempts: 12, windowMs: 15 * MINUTE },
  address: { attempts: 60, windowMs: 15 * MINUTE },
};

const ISSUER = 'Simpul';
const RECOVERY_CODES = 10;
/** Without letters and digits that are mistaken for each other. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Light modules around the code that readers need (ISO/IEC 18004). */
const QUIET = 4;

export type SecondFactor = ReturnType<typeof secondFactor>;

/** Codes of an authenticator (RFC 6238), and recovery codes for whoever lost it. */
export function secondFactor({
  signIns,
  clock,
  requiredFor,
  limiter = attemptLimiter(clock, CODE_LIMITS),
}: SecondFactorDeps) {
  async function counted<T>(account: Account, address: string, work: () => Promise<T | null>): Promise<T> {
    const waitMs = limiter.take(account.id, address);
    if (waitMs > 0) throw new AppError('too-many-requests', 'too many wrong codes', { retryAfterMs: waitMs });
    const result = await work();
    if (result === null) throw wrongCode();
    limiter.forgive(account.id, address);
    return result;
  }

  /** @throws AppError `bad-input` for a code that is wrong, used or over; `too-many-requests` */
  async function check(account: Account, code: string, address: string): Promise<{ byRecovery: boolean }> {
    return await counted(account, address, async () => {
      const plain = code.replace(/[\s-]/g, '').toLowerCase();
      if (!/^\d{6}$/.test(plain)) {
        return (await signIns.takeRecoveryCode(account.id, recoveryHash(account.id, plain)))
          ? { byRecovery: true }
          : null;
      }
      const secret = await signIns.totp(account.id);
      const step = secret === null ? null : matchingStep(secret, plain, clock());
      return step !== null && (await signIns.takeStep(account.id, step)) ? { byRecovery: false } : null;
    });
  }

  const isRequired = (account: Pick<Account, 'role'>, byName: boolean): boolean =>
    byName || requiredFor.includes(account.role);

  return {
    check,
    isRequired,

    /** What is still to be done after the password. */
    async stepFor(account: Account): Promise<'code' | 'enrol' | null> {
      const { secondFactorSince, secondFactorRequired } = await signIns.get(account.id, clock());
      if (secondFactorSince !== null) return 'code';
      return isRequired(account, secondFactorRequired) ? 'enrol' : null;
    },

    /** @throws AppError `conflict` where one is in force */
    async begin(account: Account): Promise<Enrolment> {
      const { secondFactorSince } = await signIns.get(account.id, clock());
      if (secondFactorSince !== null) throw new AppError('conflict', 'a second factor is in force already');
      const secret = generateTotpSecret();
      await signIns.keepPendingTotp(account.id, secret);
      const uri = totpUri(secret, account.name, ISSUER);
      return { secret: (secret.match(/.{4}/g) ?? []).join(' '), uri, qr: qrPath(uri) };
    },

    /**
     * @returns recovery codes, which are kept nowhere
     * @throws AppError `bad-input` for a wrong code, `conflict` where none was begun
     */
    async confirm(account: Account, code: string, address: string): Promise<string[]> {
      return await counted(account, address, async () => {
        const secret = await signIns.pendingTotp(account.id);
        if (secret === null) throw new AppError('conflict', 'no second factor was begun');
        const step = matchingStep(secret, code.replace(/\s/g, ''), clock());
        if (step === null) return null;
        const codes = recoveryCodes();
        const hashes = codes.map((made) => recoveryHash(account.id, made.replaceAll('-', '')));
        await signIns.confirmTotp(account.id, step, clock(), hashes);
        return codes;
      });
    },

    async renewCodes(account: Account, code: string, address: string): Promise<string[]> {
      await check(account, code, address);
      const codes = recoveryCodes();
      await signIns.replaceRecoveryCodes(
        account.id,
        codes.map((made) => recoveryHash(account.id, made.replaceAll('-', ''))),
      );
      return codes;
    },

    /** @throws AppError `forbidden` where the account must have one */
    async remove(account: Account, code: string, address: string): Promise<void> {
      const { secondFactorRequired } = await signIns.get(account.id, clock());
      if (isRequired(account, secondFactorRequired)) {
        throw new AppError('forbidden', 'this account must have a second factor');
      }
      await check(account, code, address);
      await signIns.removeTotp(account.id);
    },
  };
}

function wrongCode(): AppError {
  const reason = 'the code is wrong, used or over';
  return new AppError('bad-input', reason, { faults: [{ field: '/code', reason }] });
}

/** 79 bits each: long enough that a hash without salt keeps it. */
function recoveryCodes(): string[] {
  const group = (): string => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: RECOVERY_CODES }, () => [group(), group(), group(), group()].join('-'));
}

const recoveryHash = (accountId: string, code: string): string =>
  createHash('sha256').update(`${accountId} ${code}`).digest('hex');

/** Runs of dark modules as one path, drawn by the page itself. */
function qrPath(text: string): Enrolment['qr'] {
  const { size, data } = qrCode(text, { errorCorrectionLevel: 'M' }).modules;
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let from = 0; from < size; from++) {
      if (!data[row * size + from]) continue;
      let to = from + 1;
      while (to < size && data[row * size + to]) to++;
      path += `M${from + QUIET} ${row + QUIET}h${to - from}v1h${from - to}z`;
      from = to;
    }
  }
  return { size: size + 2 * QUIET, path };
}
