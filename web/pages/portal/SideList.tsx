import { type ReactNode, useEffect, useRef } from 'react';

/** A list, and beside it (on a phone: above it) the one thing of it that is worked on. */
export function SideList({ side, children }: { readonly side: ReactNode; readonly children: ReactNode }) {
  const ref = useRef<HTMLElement>(null);
  const isOpen = side !== false && side !== null && side !== undefined;
  useEffect(() => {
    // Beside the list it is in sight already; where it stands above, it may have to be brought there.
    if (isOpen && matchMedia('(max-width: 1099px)').matches) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  if (!isOpen) return children;
  return (
    <div className="portal-side-list">
      <div>{children}</div>
      <section ref={ref} className="portal-side">
        {side}
      </section>
    </div>
  );
}
