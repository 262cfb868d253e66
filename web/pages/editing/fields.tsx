import { type ReactNode, useId, useState } from 'react';
import { numberOf } from './entered.ts';
import { useEditTexts } from './texts.ts';
import type { Bound } from './use-edit.ts';

type Frame = {
  readonly name: string;
  readonly fault: string | null;
  readonly isRequired?: boolean;
  readonly hint?: string | undefined;
};

/** Name of a field, what may be said about it, and why it was refused. */
function Labelled({
  name,
  fault,
  isRequired = false,
  hint,
  children,
}: Frame & { readonly children: (ids: { readonly described: string | undefined }) => ReactNode }) {
  const { e } = useEditTexts();
  const id = useId();
  const isDescribed = hint !== undefined || fault !== null;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what the caller puts within
    <label className="labelled" data-field={name}>
      <span>
        {e.field[name] ?? name}
        {!isRequired && <span className="unit"> {e.optional}</span>}
      </span>
      {children({ described: isDescribed ? id : undefined })}
      {isDescribed && (
        <span id={id}>
          {hint !== undefined && <span className="form-hint">{hint}</span>}
          {fault !== null && <span className="wrong"> {fault}</span>}
        </span>
      )}
    </label>
  );
}

type TextProps<V extends string | null> = Bound<V> & {
  readonly most: number;
  readonly isRequired?: boolean;
  readonly hint?: string;
  readonly pattern?: string;
  readonly isLong?: boolean;
  readonly isMono?: boolean;
};

/** A text; where it may be missing, empty is null. */
export function TextField<V extends string | null>(props: TextProps<V>) {
  const { value, onChange, fault, isRequired = false, most, pattern, isLong = false, isMono = false } = props;
  const shared = {
    className: isMono ? 'field mono' : 'field',
    value: value ?? '',
    required: isRequired,
    maxLength: most,
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': fault !== null,
  } as const;
  const take = (text: string) => onChange((text === '' && !isRequired ? null : text) as V);
  return (
    <Labelled {...props}>
      {({ described }) =>
        isLong ? (
          <textarea {...shared} rows={2} aria-describedby={described} onChange={({ target }) => take(target.value)} />
        ) : (
          <input
            {...shared}
            pattern={pattern}
            aria-describedby={described}
            onChange={({ target }) => take(target.value)}
          />
        )
      }
    </Labelled>
  );
}

type NumberProps<V extends number | null> = Bound<V> & {
  readonly least: number;
  readonly most: number;
  readonly isWhole?: boolean;
  readonly isRequired?: boolean;
  readonly placeholder?: string;
};

/** A number; where it may be missing, empty is null. What is no number yet stays in the field alone. */
export function NumberField<V extends number | null>(props: NumberProps<V>) {
  const { value, onChange, fault, least, most, isWhole = false, isRequired = false, placeholder } = props;
  const { language } = useEditTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const isTyped = typed !== null && numberOf(typed) === value;
  const shown =
    typed !== null && (isTyped || numberOf(typed) === null)
      ? typed
      : value === null
        ? ''
        : String(value).replace('.', language === 'id' ? ',' : '.');
  return (
    <Labelled {...props}>
      {({ described }) => (
        <input
          className="field"
          inputMode={isWhole ? 'numeric' : 'decimal'}
          value={shown}
          required={isRequired}
          placeholder={placeholder}
          autoComplete="off"
          aria-invalid={fault !== null}
          aria-describedby={described}
          onBlur={() => setTyped(null)}
          onChange={({ target }) => {
            const { value: text } = target;
            setTyped(text);
            const number = numberOf(text);
            const isGood =
              number !== null && number >= least && number <= most && (!isWhole || Number.isInteger(number));
            target.setCustomValidity(text.trim() === '' || isGood ? '' : `${least} – ${most}`);
            if (text.trim() === '' && !isRequired) onChange(null as V);
            else if (isGood) onChange(number as V);
          }}
        />
      )}
    </Labelled>
  );
}

type ChoiceProps<V extends string | null> = Bound<V> & {
  readonly options: readonly { readonly value: string; readonly text: string }[];
  /** What an empty choice is called; without it one of them must be chosen. */
  readonly empty?: string;
};

export function ChoiceField<V extends string | null>(props: ChoiceProps<V>) {
  const { value, onChange, options, empty, fault } = props;
  return (
    <Labelled {...props} isRequired={empty === undefined}>
      {({ described }) => (
        <select
          className="field"
          value={value ?? ''}
          required={empty === undefined}
          aria-invalid={fault !== null}
          aria-describedby={described}
          onChange={({ target }) => onChange((target.value === '' ? null : target.value) as V)}
        >
          {(empty !== undefined || value === null || value === '') && <option value="">{empty ?? '…'}</option>}
          {value !== null && value !== '' && !options.some((option) => option.value === value) && (
            <option value={value}>{value}</option>
          )}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

export function FlagField({ name, value, onChange }: Bound<boolean>) {
  const { e } = useEditTexts();
  return (
    <label className="check">
      <input type="checkbox" checked={value} onChange={({ target }) => onChange(target.checked)} />
      {e.field[name] ?? name}
    </label>
  );
}
