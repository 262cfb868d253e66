import { setImmediate as breathe } from 'node:timers/promises';
import PDFDocument from 'pdfkit';

const MARGIN = 36;
const FOOT = 20;
const LINE = 12;
const SIZE = 8;
const GUTTER = 6;
/** Some tens of ms of drawing. */
const ROWS_AT_ONCE = 50;
const FONT = 'Helvetica';
const BOLD = 'Helvetica-Bold';

/** The standard fonts hold the signs of Windows-1252; what they have not would come out as other signs. */
const UNKNOWN_SIGN = /[^\x20-\x7e\xa0-\xff–—‘’“”•…€]/gu;
const printable = (text: string): string => text.replace(UNKNOWN_SIGN, '?');

export type PdfColumn = {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right';
  /** Takes as many lines as it needs; what another cannot hold is cut with an ellipsis. */
  readonly wraps?: boolean;
};

export type PdfSheet = ReturnType<typeof pdfSheet>;

/**
 * Pages of A4 across, filled from top to bottom. The same calls with the same moment give the same bytes.
 * @param madeAt UTC ms, as the document's date
 */
export function pdfSheet({ title, madeAt }: { readonly title: string; readonly madeAt: number }) {
  const doc = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    bufferPages: true,
    info: { Title: printable(title), Creator: 'Simpul', Producer: 'Simpul', CreationDate: new Date(madeAt) },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  const width = doc.page.width - 2 * MARGIN;
  const bottom = doc.page.height - MARGIN - FOOT;
  let y = MARGIN;

  /** Room for something that must not be cut; a new page where there is none. @returns whether it is a new page */
  function need(height: number): boolean {
    if (y + height <= bottom) return false;
    doc.addPage();
    y = MARGIN;
    return true;
  }

  function put(text: string, x: number, top: number, columnWidth: number, align: 'left' | 'right' = 'left'): void {
    doc.text(printable(text), x, top, { width: columnWidth, height: LINE, align, lineBreak: false, ellipsis: true });
  }

  function rule(): void {
    doc
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + width, y)
      .lineWidth(0.5)
      .strokeColor('#838da0')
      .stroke();
  }

  return {
    doc,
    left: MARGIN,
    width,
    need,
    get y(): number {
      return y;
    },
    gap(height: number): void {
      y += height;
    },

    heading(text: string, size: number): void {
      need(size * 1.4 + 2 * LINE);
      doc.font(BOLD).fontSize(size).fillColor('#18202e');
      put(text, MARGIN, y, width);
      y += size * 1.4;
    },

    /** Text over as many lines as it takes. */
    text(text: string, { color = '#18202e', size = 8.5 } = {}): void {
      doc.font(FONT).fontSize(size).fillColor(color);
      const height = doc.heightOfString(printable(text), { width });
      need(height);
      doc.text(printable(text), MARGIN, y, { width });
      y += height + 2;
    },

    /** Rows under a head that is said again on every page. */
    async table(
      columns: readonly PdfColumn[],
      rows: readonly (readonly string[])[],
      foot?: readonly string[],
    ): Promise<void> {
      const heightOf = (cells: readonly string[]): number => {
        doc.font(FONT).fontSize(SIZE);
        return columns.reduce((most, { width: column, wraps }, index) => {
          const text = printable(cells[index] ?? '');
          const height = wraps === true ? doc.heightOfString(text, { width: column - GUTTER }) + LINE - SIZE : LINE;
          return Math.max(most, height);
        }, LINE);
      };
      const line = (cells: readonly string[], font: string) => {
        doc.font(font).fontSize(SIZE).fillColor('#18202e');
        let x = MARGIN;
        for (const [index, column] of columns.entries()) {
          const text = cells[index] ?? '';
          if (column.wraps === true) doc.text(printable(text), x, y, { width: column.width - GUTTER });
          else put(text, x, y, column.width - GUTTER, column.align);
          x += column.width;
        }
        y += heightOf(cells);
      };
      const head = () => {
        line(
          columns.map(({ title: name }) => name),
          BOLD,
        );
        rule();
        y += 3;
      };
      need(3 * LINE);
      head();
      for (const [index, row] of rows.entries()) {
        // Drawing is work for the processor alone: others are let through now and then.
        if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await breathe();
        if (need(heightOf(row))) head();
        line(row, FONT);
      }
      if (foot === undefined) return;
      if (need(LINE + 3)) head();
      rule();
      y += 3;
      line(foot, BOLD);
    },

    /** Numbers the pages and ends the document. */
    async finish(pageText: (page: number, pages: number) => string): Promise<Buffer> {
      const { count } = doc.bufferedPageRange();
      for (let page = 0; page < count; page++) {
        doc.switchToPage(page);
        doc.font(FONT).fontSize(7.5).fillColor('#5d677b');
        // Below the margin, where text would begin a page of its own.
        doc.page.margins.bottom = 0;
        put(title, MARGIN, doc.page.height - MARGIN, width / 2);
        put(pageText(page + 1, count), MARGIN + width / 2, doc.page.height - MARGIN, width / 2, 'right');
      }
      doc.end();
      return await ended;
    },
  };
}
