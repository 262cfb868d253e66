import { type ReactNode, useState } from 'react';
import { usePortalTexts } from './texts.ts';

type Props = {
  readonly label: ReactNode;
  readonly unit?: string;
  readonly hint?: string;
  /** In the unit of the contract; null = empty. */
  readonly value: number | null;
  /** How many of the contract's unit make one of the field's. */
  readonly per: number;
  readonly least?: number;
  readonly most?: number;
  readonly isRequired?: boolean;
  readonly onChange: (value: number | null) => void;
};

const DIGITS = 1e6;

/** A number that may stay empty, in a unit that people think in. */
export function NumberField({ label, unit, hint, value, per, least = 1, most, isRequired = false, onChange }: Props) {
  const { p } = usePortalTexts();
  const [text, setText] = useState(value === null ? '' : String(Math.round((value / per) * DIGITS) / DIGITS));
  return (
    <label className="labelled">
      <span>
        {label} {unit !== undefined && <span className="unit">{unit}</span>}
      </span>
      <input
        className="field"
        type="number"
        inputMode="decimal"
        min={least}
        max={most}
        step="any"
        required={isRequired}
        placeholder={isRequired ? undefined : p.noLimit}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          const figure = Number(target.value);
          onChange(target.value === '' || !Number.isFinite(figure) ? null : Math.round(figure * per));
        }}
      />
      {hint !== undefined && <span className="form-hint">{hint}</span>}
    </label>
  );
}
