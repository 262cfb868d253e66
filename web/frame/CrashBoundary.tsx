import { Component, type ReactNode } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import '../components/screen.css';

/** What a person sees instead of a blank page. */
export function Crash({ error }: { readonly error: unknown }) {
  const { t } = useTexts();
  return (
    <div className="page">
      <div className="message" role="alert" data-kind="crash">
        <p className="message-title">{t.failure.crashTitle}</p>
        <p className="secondary">{t.failure.crashText}</p>
        <p className="mono muted">{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {t.action.reload}
        </button>
      </div>
    </div>
  );
}

type Props = { readonly children: ReactNode };

/** The last net under everything, outside the router. */
export class CrashBoundary extends Component<Props, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') };
  }

  override render() {
    return this.state.error === null ? this.props.children : <Crash error={this.state.error} />;
  }
}
