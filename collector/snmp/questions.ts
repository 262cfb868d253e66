import { ProbeError } from '../../core/domain/errors.ts';
import { BadReadingError } from './bad-reading.ts';
import type { BerReader } from './ber.ts';
import type { SnmpClient, SnmpClientOptions, SnmpSecurity, SnmpTarget } from './client.ts';
import { decodeValues, decodeVarBinds, type EncodedOids, encodeOids, PDU, type Request } from './message.ts';
import { readSlots } from './slot-decoder.ts';
import type { Oid, SnmpValue, VarBind } from './value.ts';

/** Objects in one GET: with names and values of usual size the answer fits an unfragmented datagram, encrypted or not. */
export const OBJECTS_PER_GET = 36;
/** error-status of RFC 3416. */
const TOO_BIG = 1;
const NO_SUCH_NAME = 2;
const GEN_ERR = 5;
const NO_ACCESS = 6;
const AUTHORIZATION_ERROR = 16;

/** What an agent said, down to its objects, which are not read yet. */
export type Answer = {
  readonly errorStatus: number;
  /** 1-based; 0 where no single object is to blame. */
  readonly errorIndex: number;
  /** Stands at the first variable binding. */
  readonly bindings: BerReader;
};

/** Brings one question to an agent and its answer back. Calls one of the two, once. */
export type Carry<Security extends SnmpSecurity> = (
  target: SnmpTarget<Security>,
  question: { readonly pdu: Request['pdu']; readonly asked: EncodedOids; readonly repetitions: number },
  succeed: (answer: Answer) => void,
  fail: (error: ProbeError) => void,
) => void;

/** GET, GETNEXT and GETBULK as every version of SNMP has them, over what carries messages of one. */
export function askBy<Security extends SnmpSecurity>(
  carry: Carry<Security>,
  { count }: SnmpClientOptions,
): Omit<SnmpClient<Security>, 'close'> {
  type Target = SnmpTarget<Security>;
  const encodings = new WeakMap<readonly Oid[], EncodedOids>();

  function encodingOf(oids: readonly Oid[]): EncodedOids {
    const known = encodings.get(oids);
    if (known !== undefined) return known;
    const made = encodeOids(oids);
    encodings.set(oids, made);
    return made;
  }

  const exchange = (target: Target, pdu: Request['pdu'], asked: EncodedOids, repetitions: number): Promise<Answer> =>
    new Promise((resolve, reject) => carry(target, { pdu, asked, repetitions }, resolve, reject));

  async function getPart(target: Target, oids: readonly Oid[]): Promise<readonly (SnmpValue | null)[]> {
    return valuesOf(target, oids, await exchange(target, PDU.get, encodingOf(oids), 0));
  }

  async function valuesOf(
    target: Target,
    oids: readonly Oid[],
    answer: Answer,
  ): Promise<readonly (SnmpValue | null)[]> {
    if (answer.errorStatus === 0) return counted(() => decodeValues(answer.bindings, encodingOf(oids)));
    if (answer.errorStatus === TOO_BIG && oids.length > 1) return getInParts(target, oids, Math.ceil(oids.length / 2));
    const missing = missingIndex(answer, oids.length);
    const rest = oids.toSpliced(missing, 1);
    const values = rest.length === 0 ? [] : await getPart(target, rest);
    return values.toSpliced(missing, 0, null);
  }

  async function getInParts(
    target: Target,
    oids: readonly Oid[],
    size: number,
  ): Promise<readonly (SnmpValue | null)[]> {
    const values: (SnmpValue | null)[] = [];
    for (let at = 0; at < oids.length; at += size) values.push(...(await getPart(target, oids.slice(at, at + size))));
    return values;
  }

  /** v1 refuses the whole request for one object that is missing. */
  function missingIndex({ errorStatus, errorIndex }: Answer, asked: number): number {
    if (errorStatus === AUTHORIZATION_ERROR || errorStatus === NO_ACCESS)
      throw new ProbeError('auth', 'the agent refuses access');
    const isMissing = errorStatus === NO_SUCH_NAME || errorStatus === GEN_ERR;
    if (isMissing && errorIndex >= 1 && errorIndex <= asked) return errorIndex - 1;
    return counted(() => {
      throw new BadReadingError(errorStatus === TOO_BIG ? 'too-big' : 'error-status');
    });
  }

  async function getNext(target: Target, oids: readonly Oid[]): Promise<readonly VarBind[]> {
    const answer = await exchange(target, PDU.getNext, encodeOids(oids), 0);
    if (answer.errorStatus === 0) return counted(() => decodeVarBinds(answer.bindings, oids.length));
    const ended = missingIndex(answer, oids.length);
    const rest = oids.toSpliced(ended, 1);
    const varBinds = rest.length === 0 ? [] : await getNext(target, rest);
    return varBinds.toSpliced(ended, 0, { oid: oids[ended] ?? '', value: null });
  }

  function counted<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (error instanceof BadReadingError) count(error.reason);
      throw error;
    }
  }

  return {
    read(target, question, slots, first, done) {
      const asked = encodingOf(question.oids);
      const succeed = (answer: Answer): void => {
        if (answer.errorStatus !== 0) {
          valuesOf(target, question.oids, answer).then((values) => {
            for (const [place, value] of values.entries()) slots.setValue(first + place, value);
            done(null);
          }, done);
          return;
        }
        try {
          readSlots(answer.bindings, asked, question, slots, first);
        } catch (error) {
          if (error instanceof BadReadingError) count(error.reason);
          done(error);
          return;
        }
        done(null);
      };
      carry(target, { pdu: PDU.get, asked, repetitions: 0 }, succeed, done);
    },
    get: (target, oids) =>
      oids.length <= OBJECTS_PER_GET ? getPart(target, oids) : getInParts(target, oids, OBJECTS_PER_GET),
    async next(target, oids, repetitions) {
      if (target.security.version === '1' || repetitions === 0) return getNext(target, oids);
      const answer = await exchange(target, PDU.getBulk, encodeOids(oids), repetitions);
      if (answer.errorStatus === 0) return counted(() => decodeVarBinds(answer.bindings, oids.length * repetitions));
      missingIndex(answer, 0);
      return [];
    },
  };
}
