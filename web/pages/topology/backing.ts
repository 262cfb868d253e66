import type { Size, View } from '../../map/view.ts';

/** Part of the width and height that is drawn beyond each edge, so that a drag only shifts what is there. */
const MARGIN = 0.35;
/** After the last step of a zoom; until then what was drawn is stretched. */
const SETTLE_MS = 90;
/** A picture stretched further than this is drawn anew in between. */
const MOST_STRETCH = 4;
/** Browsers refuse larger canvases. */
const MOST_PIXELS = 16e6;

export type PaintOn = (context: CanvasRenderingContext2D, view: View, size: Size, ratio: number) => void;

/**
 * Keeps a picture of more than the screen shows, for what is too much to draw sixty times a second: a drag shifts it, a
 * zoom stretches it, and it is drawn anew when it no longer reaches or when the hand rests.
 */
export class Backing {
  private readonly canvas = document.createElement('canvas');
  private view: View | null = null;
  private size: Size = { width: 0, height: 0 };
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** The next `show` draws anew: something of the picture is otherwise. */
  forget(): void {
    this.view = null;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** @param again called when the picture should be shown once more, drawn anew */
  show(
    screen: CanvasRenderingContext2D,
    view: View,
    size: Size,
    ratio: number,
    paintOn: PaintOn,
    again: () => void,
  ): void {
    clearTimeout(this.timer);
    const known = this.view;
    const stretch = known === null ? 0 : view.k / known.k;
    const mayStretch = stretch > 1 / MOST_STRETCH && stretch < MOST_STRETCH;
    const isSame = this.size.width === size.width && this.size.height === size.height;
    if (known === null || !isSame || !mayStretch || (stretch === 1 && !this.reaches(known, view, size))) {
      this.draw(view, size, ratio, paintOn);
    } else if (stretch !== 1) {
      this.timer = setTimeout(() => {
        this.forget();
        again();
      }, SETTLE_MS);
    }
    this.lay(screen, view, size, ratio);
  }

  private reaches(known: View, view: View, size: Size): boolean {
    return (
      Math.abs(view.x - known.x) <= size.width * MARGIN + 0.5 &&
      Math.abs(view.y - known.y) <= size.height * MARGIN + 0.5
    );
  }

  private draw(view: View, size: Size, ratio: number, paintOn: PaintOn): void {
    const whole = {
      width: Math.ceil(size.width * (1 + 2 * MARGIN)),
      height: Math.ceil(size.height * (1 + 2 * MARGIN)),
    };
    const fits = whole.width * whole.height * ratio * ratio <= MOST_PIXELS;
    const scale = fits ? ratio : 1;
    const [width, height] = [Math.round(whole.width * scale), Math.round(whole.height * scale)];
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    const context = this.canvas.getContext('2d', { alpha: false });
    if (context === null) return;
    const shifted = { k: view.k, x: view.x + size.width * MARGIN, y: view.y + size.height * MARGIN };
    paintOn(context, shifted, whole, scale);
    this.view = view;
    this.size = size;
  }

  private lay(screen: CanvasRenderingContext2D, view: View, size: Size, ratio: number): void {
    const { view: known } = this;
    if (known === null) return;
    const stretch = view.k / known.k;
    const x = view.x - stretch * (known.x + size.width * MARGIN);
    const y = view.y - stretch * (known.y + size.height * MARGIN);
    screen.setTransform(ratio, 0, 0, ratio, 0, 0);
    screen.imageSmoothingEnabled = stretch !== 1;
    screen.imageSmoothingQuality = 'low';
    const width = Math.ceil(size.width * (1 + 2 * MARGIN)) * stretch;
    const height = Math.ceil(size.height * (1 + 2 * MARGIN)) * stretch;
    screen.drawImage(this.canvas, x, y, width, height);
  }
}
