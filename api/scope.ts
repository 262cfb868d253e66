import type { Role } from '../core/contract/contract.ts';
import { AppError } from '../core/domain/errors.ts';
import { covers, type RegionCode } from '../core/domain/region.ts';

/**
 * What the account of a request may see: the one rule of regions. A list is narrowed to it, and a thing outside it is
 * answered as if it did not exist.
 */
export type Scope = {
  readonly role: Role;
  /** Empty = every region. */
  readonly grant: RegionCode | '';
  covers(code: RegionCode): boolean;
  /** The part of the region asked for that may be seen; null where that is nothing at all. */
  narrow(asked: RegionCode | undefined): RegionCode | '' | null;
  /** @throws AppError `not-found` where the thing is null or stands outside */
  admit<Thing extends { readonly regionCode: RegionCode }>(thing: Thing | null): Thing;
  /** @throws AppError `not-found` for a region outside */
  admitRegion(code: RegionCode): void;
  /** @throws AppError `forbidden` unless the account holds for every region */
  requireEverywhere(): void;
};

export function scopeOf(role: Role, grant: RegionCode | ''): Scope {
  return {
    role,
    grant,
    covers: (code) => covers(grant, code),
    narrow(asked) {
      if (asked === undefined) return grant;
      if (covers(grant, asked)) return asked;
      return covers(asked, grant) ? grant : null;
    },
    admit(thing) {
      if (thing === null || !covers(grant, thing.regionCode))
        throw new AppError('not-found', 'there is no such thing here');
      return thing;
    },
    admitRegion(code) {
      if (!covers(grant, code)) throw new AppError('not-found', 'there is no such region here');
    },
    requireEverywhere() {
      if (grant !== '') throw new AppError('forbidden', 'only an account for every region may do this');
    },
  };
}

/** What a list answers where nothing of the region asked for may be seen. */
export const emptyPage = <T>(asked: { readonly page?: number; readonly pageSize?: number }) => ({
  items: [] as T[],
  total: 0,
  page: asked.page ?? 1,
  pageSize: asked.pageSize ?? 100,
});
