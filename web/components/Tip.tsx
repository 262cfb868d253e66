import { useEffect, useRef } from 'react';
import './tip.css';

const GAP_PX = 6;
const EDGE_PX = 8;

/** One tip for the whole page: shows the `data-tip` of what is under the pointer or has the focus. */
export function Tip() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tip = ref.current;
    if (tip === null) return;
    const hide = () => {
      tip.hidden = true;
    };
    const show = (event: Event) => {
      const target = event.target instanceof Element ? event.target.closest('[data-tip]') : null;
      const text = target?.getAttribute('data-tip');
      if (target === null || text === null || text === undefined || text === '') return hide();
      tip.textContent = text;
      tip.hidden = false;
      const box = target.getBoundingClientRect();
      const { offsetWidth, offsetHeight } = tip;
      const left = Math.max(
        EDGE_PX,
        Math.min(box.left + box.width / 2 - offsetWidth / 2, innerWidth - offsetWidth - EDGE_PX),
      );
      const above = box.top - offsetHeight - GAP_PX;
      tip.style.left = `${left}px`;
      tip.style.top = `${above < EDGE_PX ? box.bottom + GAP_PX : above}px`;
    };
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    document.addEventListener('focusout', hide);
    addEventListener('scroll', hide, true);
    return () => {
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      document.removeEventListener('focusout', hide);
      removeEventListener('scroll', hide, true);
    };
  }, []);
  return <div ref={ref} className="tip" role="tooltip" hidden />;
}
