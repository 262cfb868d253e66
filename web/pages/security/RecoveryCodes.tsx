import { useEffect, useRef, useState } from 'react';
import { useSecurityTexts } from './texts.ts';
import './security.css';

/** Shown once, and only left by saying that they are kept. */
export function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const { s } = useSecurityTexts();
  const [isCopied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const mayCopy = navigator.clipboard !== undefined;
  return (
    <section className="codes">
      <h3 ref={heading} tabIndex={-1}>
        {s.codes.title}
      </h3>
      <p>{s.codes.text}</p>
      <ol className="codes-list mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="form-actions">
        <button type="button" className="button primary" onClick={onKept}>
          {s.codes.kept}
        </button>
        {mayCopy && (
          <button
            type="button"
            className="button"
            aria-live="polite"
            onClick={() => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))}
          >
            {isCopied ? s.codes.copied : s.codes.copy}
          </button>
        )}
      </div>
    </section>
  );
}
