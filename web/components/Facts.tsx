import type { ReactNode } from 'react';
import './facts.css';

export type Fact = { readonly term: string; readonly value: ReactNode };

/** Terms and values in columns; what is not known is left out by the caller. */
export function Facts({ facts, isLarge = false }: { readonly facts: readonly Fact[]; readonly isLarge?: boolean }) {
  return (
    <dl className={isLarge ? 'facts facts-large' : 'facts'}>
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A figure with its denominator or unit, small and grey. */
export function Figure({ value, unit }: { readonly value: ReactNode; readonly unit?: ReactNode }) {
  return (
    <>
      <span className="figure">{value}</span>
      {unit !== undefined && <span className="unit"> {unit}</span>}
    </>
  );
}
