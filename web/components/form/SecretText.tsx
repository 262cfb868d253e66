import { useState } from 'react';
import './form.css';

/** Text to be taken along, that is shown once: all of it is chosen by a touch, and copied where the browser may. */
export function SecretText(props: {
  readonly label: string;
  readonly value: string;
  readonly copy: string;
  readonly copied: string;
}) {
  const [isCopied, setCopied] = useState(false);
  // Browsers hide the clipboard from pages without TLS.
  const mayCopy = navigator.clipboard !== undefined;
  return (
    <div className="secret-text">
      <label className="labelled">
        {props.label}
        <input
          className="field mono"
          readOnly
          spellCheck={false}
          autoComplete="off"
          value={props.value}
          onFocus={({ target }) => target.select()}
        />
      </label>
      {mayCopy && (
        <button
          type="button"
          className="button"
          aria-live="polite"
          onClick={() => void navigator.clipboard.writeText(props.value).then(() => setCopied(true))}
        >
          {isCopied ? props.copied : props.copy}
        </button>
      )}
    </div>
  );
}
