import type { SchemaField } from './schema-fields.ts';
import { useSettingsTexts } from './texts.ts';

type Props = {
  readonly fields: readonly SchemaField[];
  readonly values: Readonly<Record<string, unknown>>;
  /** Secrets that are stored: their fields may stay empty. */
  readonly secretsSet: readonly string[];
  /** Names of stored secrets that go when the form is saved. */
  readonly cleared?: readonly string[];
  readonly onClear?: (names: readonly string[]) => void;
  /** What fields are called here where that differs. */
  readonly names?: Readonly<Record<string, string>>;
};

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function Input({
  field,
  value,
  isSet,
  isCleared,
}: {
  readonly field: SchemaField;
  readonly value: unknown;
  readonly isSet: boolean;
  readonly isCleared: boolean;
}) {
  const { s } = useSettingsTexts();
  const words: Readonly<Record<string, string>> = s.choice;
  const isRequired = field.isRequired && !isSet;
  switch (field.kind) {
    case 'choice':
      return (
        <select className="field" name={field.name} defaultValue={textOf(value)} required={isRequired}>
          {!field.isRequired && <option value="">{s.usual}</option>}
          {field.options.map((option) => (
            <option key={option} value={option}>
              {words[option] ?? option}
            </option>
          ))}
        </select>
      );
    case 'number':
      return (
        <input
          className="field"
          type="number"
          name={field.name}
          defaultValue={textOf(value)}
          required={isRequired}
          min={field.minimum ?? undefined}
          max={field.maximum ?? undefined}
        />
      );
    case 'flag':
      return <input type="checkbox" name={field.name} defaultChecked={value === true} />;
    case 'several':
      return (
        <span className="settings-several">
          {field.options.map((option) => (
            <label key={option} className="check">
              <input
                type="checkbox"
                name={field.name}
                value={option}
                defaultChecked={Array.isArray(value) && value.includes(option)}
              />
              {words[option] ?? option}
            </label>
          ))}
        </span>
      );
    case 'text':
      return field.isLong ? (
        <textarea
          className="field mono"
          name={field.name}
          rows={3}
          defaultValue={textOf(value)}
          required={isRequired}
          disabled={isCleared}
          maxLength={field.maxLength ?? undefined}
          placeholder={isCleared ? s.secretCleared : isSet ? s.secretSet : undefined}
        />
      ) : (
        <input
          className="field"
          type={field.isSecret ? 'password' : 'text'}
          name={field.name}
          defaultValue={textOf(value)}
          required={isRequired}
          disabled={isCleared}
          maxLength={field.maxLength ?? undefined}
          autoComplete={field.isSecret ? 'new-password' : 'off'}
          autoCapitalize="none"
          spellCheck={false}
          placeholder={isCleared ? s.secretCleared : isSet ? s.secretSet : undefined}
        />
      );
  }
}

type FieldProps = Parameters<typeof Input>[0] & {
  readonly onClear: ((isCleared: boolean) => void) | undefined;
  readonly called: string | undefined;
};

function Field({ onClear, called, ...props }: FieldProps) {
  const { s } = useSettingsTexts();
  const { field, isSet, isCleared } = props;
  const words: Readonly<Record<string, string>> = s.field;
  const name = called ?? words[field.name] ?? field.name;
  const label = (
    <span>
      {name}
      {!field.isRequired && <span className="unit"> {s.optional}</span>}
    </span>
  );
  if (field.kind === 'several') {
    return (
      <fieldset className="group">
        <legend>{label}</legend>
        <Input {...props} />
      </fieldset>
    );
  }
  const labelled = (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the component within
    <label className={field.kind === 'flag' ? 'check' : 'labelled'}>
      {label}
      <Input {...props} />
    </label>
  );
  // What must be there is only replaced.
  if (!field.isSecret || !isSet || field.isRequired || onClear === undefined) return labelled;
  return (
    <div className="settings-secret">
      {labelled}
      <button type="button" className="button quiet" onClick={() => onClear(!isCleared)}>
        {isCleared ? s.secretKeep : s.secretClear}
        <span className="hidden-visually"> {name}</span>
      </button>
    </div>
  );
}

/** A form drawn from a JSON Schema: a new kind of channel needs no screen of its own. */
export function SchemaFields({ fields, values, secretsSet, cleared = [], onClear, names = {} }: Props) {
  return fields.map((field) => {
    const others = cleared.filter((name) => name !== field.name);
    return (
      <Field
        key={field.name}
        called={names[field.name]}
        field={field}
        value={values[field.name]}
        isSet={secretsSet.includes(field.name)}
        isCleared={cleared.includes(field.name)}
        onClear={onClear && ((isCleared) => onClear(isCleared ? [...others, field.name] : others))}
      />
    );
  });
}
