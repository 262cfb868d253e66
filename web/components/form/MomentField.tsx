import { useTexts } from '../../i18n/texts.tsx';
import { localText, momentOf } from './local-time.ts';

type Props = {
  readonly label: string;
  /** UTC ms. */
  readonly at: number;
  readonly onChange: (at: number) => void;
};

/** A day and a time in the zone of the province, whatever zone the reader's clock is in. */
export function MomentField({ label, at, onChange }: Props) {
  const { f } = useTexts();
  return (
    <label className="labelled">
      <span>
        {label} <span className="unit">{f.zone.label}</span>
      </span>
      <input
        className="field"
        type="datetime-local"
        required
        value={localText(at, f.zone)}
        onChange={({ target }) => {
          const next = momentOf(target.value, f.zone);
          if (next !== null) onChange(next);
        }}
      />
    </label>
  );
}
