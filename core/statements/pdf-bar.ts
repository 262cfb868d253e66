import type { ConditionStretch } from '../contract/availability.ts';
import type { Condition } from '../domain/availability.ts';
import { DAY } from '../domain/clock.ts';
import type { Interval } from '../domain/intervals.ts';
import type { PdfSheet } from './pdf-sheet.ts';

/** Colours of states as on the screens; each has a height of its own, so that it is told in black and white, too. */
const LOOK: Readonly<Record<Condition, { readonly color: string; readonly height: number }>> = {
  up: { color: '#00875f', height: 0.35 },
  degraded: { color: '#e69f00', height: 0.65 },
  down: { color: '#d55e00', height: 1 },
  unknown: { color: '#c9ced8', height: 0.2 },
  'cut-off': { color: '#6b7280', height: 0.2 },
  planned: { color: '#2a78b8', height: 0.5 },
  'force-majeure': { color: '#6f5bb0', height: 0.5 },
  power: { color: '#7f899a', height: 0.5 },
  other: { color: '#a9b4c4', height: 0.5 },
};
/** Later ones lie over earlier ones: what is short and matters stays in sight. */
const ORDER = ['unknown', 'cut-off', 'up', 'other', 'power', 'force-majeure', 'planned', 'degraded', 'down'] as const;

const HEIGHT = 22;
const LEAST_WIDTH = 0.5;
const NUMBERS = 9;

/** A month of one link from left to right, a mark and a number for each day. */
export function conditionBar(
  sheet: PdfSheet,
  timeline: readonly ConditionStretch[],
  month: Interval,
  dayOfMonth: (at: number) => number,
): void {
  sheet.need(HEIGHT + NUMBERS + 6);
  const { doc, left, width, y: top } = sheet;
  const xOf = (at: number): number => left + ((at - month.from) / (month.to - month.from)) * width;
  for (const condition of ORDER) {
    const { color, height } = LOOK[condition];
    doc.fillColor(color);
    for (const stretch of timeline) {
      if (stretch.condition !== condition) continue;
      const x = xOf(stretch.from);
      doc.rect(x, top + HEIGHT * (1 - height), Math.max(LEAST_WIDTH, xOf(stretch.to) - x), HEIGHT * height).fill();
    }
  }
  doc.font('Helvetica').fontSize(6).fillColor('#5d677b').strokeColor('#838da0').lineWidth(0.4);
  for (let at = month.from; at < month.to; at += DAY) {
    doc
      .moveTo(xOf(at), top + HEIGHT)
      .lineTo(xOf(at), top + HEIGHT + 3)
      .stroke();
    doc.text(String(dayOfMonth(at)), xOf(at), top + HEIGHT + 3, {
      width: width / 31,
      align: 'center',
      lineBreak: false,
    });
  }
  sheet.gap(HEIGHT + NUMBERS + 6);
}

/** What the colours and heights of the bars mean. */
export function barLegend(sheet: PdfSheet, nameOf: (condition: Condition) => string): void {
  sheet.need(14);
  const { doc, y: top } = sheet;
  let x = sheet.left;
  doc.font('Helvetica').fontSize(7);
  for (const condition of ORDER.toReversed()) {
    const { color, height } = LOOK[condition];
    const name = nameOf(condition);
    doc
      .fillColor(color)
      .rect(x, top + 8 * (1 - height), 8, 8 * height)
      .fill();
    doc.fillColor('#18202e').text(name, x + 11, top, { lineBreak: false });
    x += 24 + doc.widthOfString(name);
  }
  sheet.gap(14);
}
