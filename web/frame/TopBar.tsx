import { useTexts } from '../i18n/texts.tsx';
import { Counters } from './Counters.tsx';
import { useLine } from './line.tsx';
import { ScopePicker } from './ScopePicker.tsx';
import { SearchBox } from './SearchBox.tsx';

function LineDot() {
  const { t } = useTexts();
  const line = useLine();
  const text = { open: t.line.open, connecting: t.line.connecting, lost: t.line.lostShort }[line.kind];
  return (
    <span className="line-dot wide-only" data-line={line.kind} data-tip={text}>
      <span className="hidden-visually">{text}</span>
    </span>
  );
}

/** Scope · search · what is wrong now. */
export function TopBar() {
  return (
    <header className="bar">
      <ScopePicker />
      <SearchBox />
      <div className="bar-end">
        <Counters />
        <LineDot />
      </div>
    </header>
  );
}
