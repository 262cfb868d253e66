import { type Static, Type } from 'typebox';
import { VILLAGE_SORTS } from '../domain/list-sorts.ts';
import { Moment, nullable, PageQuery, pageOf, RegionCodeText, StateText, VillageStateText } from './common.ts';
import type { Contract } from './contract.ts';
import { sortQuery } from './sorting.ts';

/** A village and its two hotspots; one that is not in the programme has no states. */
export const ListedVillage = Type.Object({
  code: RegionCodeText,
  name: Type.String(),
  districtName: nullable(Type.String()),
  regencyName: nullable(Type.String()),
  /** Who lives there, where that is known. */
  people: nullable(Type.Integer()),
  state: nullable(VillageStateText),
  /** Null: it has no such hotspot. */
  office: nullable(StateText),
  public: nullable(StateText),
  /** When one of its hotspots changed last: since then it is as it is. */
  since: nullable(Moment),
});
export type ListedVillage = Static<typeof ListedVillage>;

export const listVillages = {
  method: 'GET',
  url: '/api/v1/villages',
  summary: 'Villages of the programme, or all on record, with the states of their hotspots',
  tag: 'coverage',
  access: 'signed-in',
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      sortQuery(VILLAGE_SORTS),
      Type.Object({
        region: Type.Optional(RegionCodeText),
        state: Type.Optional(VillageStateText),
        /** Those outside the programme, too. */
        all: Type.Optional(Type.Boolean()),
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(ListedVillage) },
  },
} as const satisfies Contract;
