import { Type } from 'typebox';
import { oneOf } from './common.ts';

/** By which column a list is sorted; what is alike keeps an order of its own, so that pages never overlap. */
export const sortQuery = <const T extends readonly string[]>(columns: T) =>
  Type.Object({ sort: Type.Optional(oneOf(columns)), order: Type.Optional(oneOf(['asc', 'desc'])) });
