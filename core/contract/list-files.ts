import { Type } from 'typebox';
import { CAUSES } from '../domain/incident.ts';
import { MEDIA } from '../domain/medium.ts';
import { SITE_STATUSES } from '../domain/site.ts';
import { Moment, oneOf, RegionCodeText, StateText, Uuid, VillageStateText } from './common.ts';
import type { Contract } from './contract.ts';
import { CSV_TYPE, XLSX_TYPE } from './inventory-files.ts';

export const LISTS = ['devices', 'sites', 'incidents', 'links', 'villages'] as const;
export type ListName = (typeof LISTS)[number];

export const getListFile = {
  method: 'GET',
  url: '/api/v1/lists/:list/file',
  summary: 'What a list shows with its filters, all pages of it (20,000 rows at most), as CSV or XLSX',
  tag: 'lists',
  access: 'signed-in',
  produces: [CSV_TYPE, XLSX_TYPE],
  schema: {
    params: Type.Object({ list: oneOf(LISTS) }),
    querystring: Type.Object({
      format: Type.Optional(oneOf(['csv', 'xlsx'])),
      language: Type.Optional(oneOf(['id', 'en'])),
      region: Type.Optional(RegionCodeText),
      q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      sort: Type.Optional(Type.String({ maxLength: 40 })),
      order: Type.Optional(oneOf(['asc', 'desc'])),
      state: Type.Optional(StateText),
      /** Kind of device or of site. */
      kind: Type.Optional(Type.String({ maxLength: 60 })),
      status: Type.Optional(oneOf(SITE_STATUSES)),
      /** Of links: either end. */
      siteId: Type.Optional(Uuid),
      medium: Type.Optional(oneOf(MEDIA)),
      villageState: Type.Optional(VillageStateText),
      /** Villages outside the programme, too. */
      all: Type.Optional(Type.Boolean()),
      open: Type.Optional(Type.Boolean()),
      cause: Type.Optional(oneOf(CAUSES)),
      acknowledged: Type.Optional(Type.Boolean()),
      assigneeId: Type.Optional(Uuid),
      from: Type.Optional(Moment),
      to: Type.Optional(Moment),
    }),
    response: { 200: Type.Unsafe<unknown>({}) },
  },
} as const satisfies Contract;
