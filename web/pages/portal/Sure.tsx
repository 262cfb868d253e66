import { useState } from 'react';
import './portal.css';

/** A button whose deed takes a second word; looking elsewhere takes the first one back. */
export function Sure(props: {
  readonly text: string;
  readonly question: string;
  readonly isBusy: boolean;
  /** Stands alone in a row, not beside a main button. */
  readonly isMain?: boolean;
  readonly onSure: () => void;
}) {
  const [isAsking, setAsking] = useState(false);
  return (
    <button
      type="button"
      className={isAsking ? 'button portal-sure' : props.isMain === true ? 'button' : 'button quiet'}
      disabled={props.isBusy}
      onClick={() => {
        setAsking(!isAsking);
        if (isAsking) props.onSure();
      }}
      onBlur={() => setAsking(false)}
    >
      {isAsking ? props.question : props.text}
    </button>
  );
}
