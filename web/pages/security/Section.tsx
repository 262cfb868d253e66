import type { ReactNode } from 'react';
import './security.css';

/** What it is at the left, what can be done about it at the right. */
export function Section(props: { readonly title: string; readonly text: ReactNode; readonly children?: ReactNode }) {
  return (
    <section className="security-section">
      <div>
        <h2>{props.title}</h2>
        <p className="secondary">{props.text}</p>
      </div>
      {props.children !== undefined && <div className="security-body">{props.children}</div>}
    </section>
  );
}
