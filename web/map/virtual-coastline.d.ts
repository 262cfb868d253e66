declare module 'virtual:coastline' {
  /** Rings on a whole-number grid, each point after the first as the difference to the one before. */
  export const coastline: { readonly stepsPerDegree: number; readonly rings: readonly (readonly number[])[] };
}
