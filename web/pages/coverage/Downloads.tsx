import { useSearch } from '@tanstack/react-router';
import { type RefObject, useState } from 'react';
import type { PlanTable } from '../../../core/contract/coverage-plan.ts';
import { addressOf } from '../../api/endpoint.ts';
import { FileMenu } from '../../components/lists/FileMenu.tsx';
import { inLight } from '../../frame/theme.ts';
import type { Caption } from '../../map/picture.ts';
import { figureText, firstOrder, PLAN_COLUMNS, plainWord, sortPlan } from './columns.ts';
import type { PlanMapHandle } from './PlanMap.tsx';
import { DEFAULT_SORT } from './PlanTable.tsx';
import { drawTablePicture, pictureName } from './table-picture.ts';
import { useCoverageTexts } from './texts.ts';

/** Hands a picture over as a file. @returns false where the browser could not make it */
async function save(canvas: HTMLCanvasElement, name: string): Promise<boolean> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) return false;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has begun by the next turn of the page; the picture itself is no longer needed then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}

type Props = {
  readonly plan: PlanTable;
  readonly caption: Caption;
  readonly map: RefObject<PlanMapHandle | null>;
};

/** The table and the map on paper, as pictures and as files. */
export function Downloads({ plan, caption, map }: Props) {
  const { c, f } = useCoverageTexts();
  const { sort = DEFAULT_SORT, order, month } = useSearch({ from: '/coverage' });
  const [hasFailed, setFailed] = useState(false);
  const { region, level, of } = plan;
  const file = (format: 'csv' | 'xlsx') =>
    addressOf('/api/v1/coverage/file', {}, { what: 'table', format, region: region.code, level, of, month });
  const picture = async (name: string, draw: (canvas: HTMLCanvasElement) => boolean) => {
    const canvas = document.createElement('canvas');
    setFailed(!(draw(canvas) && (await save(canvas, `${name}-${region.code}.png`))));
  };
  const drawTable = (canvas: HTMLCanvasElement): boolean => {
    const heads = [c.column.name, ...PLAN_COLUMNS.map(({ id }) => plainWord(c.column[id]))];
    const cells = (row: PlanTable['total']) => PLAN_COLUMNS.map((column) => figureText(column, row, f));
    inLight(() =>
      drawTablePicture(canvas, {
        caption,
        heads,
        rows: sortPlan(plan.rows, sort, order ?? firstOrder(sort)).map((row) => [pictureName(row), ...cells(row)]),
        foot: [c.total, ...cells(plan.total)],
      }),
    );
    return true;
  };
  return (
    <>
      <fieldset className="plan-files" aria-label={c.file.group}>
        <button type="button" className="button" onClick={() => print()}>
          {c.file.print}
        </button>
        <FileMenu>
          <button
            type="button"
            onClick={() =>
              void picture('peta', (canvas) => map.current?.drawOn(canvas, caption, { isPaper: false }) === true)
            }
          >
            {c.file.mapPng}
          </button>
          <button type="button" onClick={() => void picture('tabel', drawTable)}>
            {c.file.tablePng}
          </button>
          <a href={file('csv')} download>
            {c.file.csv}
          </a>
          <a href={file('xlsx')} download>
            {c.file.xlsx}
          </a>
        </FileMenu>
      </fieldset>
      {hasFailed && <p role="alert">{c.file.failed}</p>}
    </>
  );
}
