import type { Format } from '../i18n/format.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useNow } from './now.ts';

type At = { readonly at: number };

/** A moment in words of its own; the exact one with its zone on hover and focus. */
function Time({ at, say }: At & { readonly say: (f: Format, now: number) => string }) {
  const { f } = useTexts();
  const now = useNow();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact moment must be within reach of the keyboard too
    <time dateTime={new Date(at).toISOString()} data-tip={f.exact(at)} tabIndex={0}>
      {say(f, now)}
    </time>
  );
}

/** `14.05`, or `20 Nov 14.05` for another day. */
export const Moment = ({ at }: At) => <Time at={at} say={(f, now) => f.moment(at, now)} />;

/** The end of a time that began at `from`: `14.05` on the same day, whatever day that was. */
export const MomentAfter = ({ at, from }: At & { readonly from: number }) => (
  <Time at={at} say={(f) => f.moment(at, from)} />
);

/** `sejak 14.05 (2 jam 10 menit)` */
export const Since = ({ at }: At) => <Time at={at} say={(f, now) => f.since(at, now)} />;

/** In a column that says `Sejak`: the moment, and below it how long it lasts, or lasted until `to`. */
export function SinceCell({ at, to }: At & { readonly to?: number }) {
  const { f } = useTexts();
  const now = useNow();
  return (
    <>
      <Moment at={at} />
      <span className="sub">{f.lasting(Math.max(0, (to ?? now) - at))}</span>
    </>
  );
}

/** `3 jam lalu` */
export const Ago = ({ at }: At) => <Time at={at} say={(f, now) => f.ago(at, now)} />;
