import './form.css';

/** What something is called: never empty, and nothing a browser should suggest. */
export function NameField({
  label,
  value,
  maxLength,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onChange: (name: string) => void;
}) {
  return (
    <label className="labelled">
      {label}
      <input
        className="field"
        required
        maxLength={maxLength}
        autoComplete="off"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
