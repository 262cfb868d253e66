import type { ReactNode } from 'react';
import type { RumPartFigures } from '../../../core/contract/rum.ts';
import { Table } from '../../components/Table.tsx';
import { useExperienceTexts } from './texts.ts';
import { Vital } from './Vital.tsx';

/** Screens, regencies or connections, the slowest first. */
export function PartTable(props: {
  readonly head: string;
  readonly parts: readonly RumPartFigures[];
  readonly nameOf: (part: RumPartFigures) => ReactNode;
}) {
  const { x, f } = useExperienceTexts();
  return (
    <Table
      columns={[
        props.head,
        [x.ready, 'number'],
        [x.lcp, 'number wide-only'],
        [x.inp, 'number'],
        [x.cls, 'number wide-only'],
        [x.errors, 'number'],
        [x.opened, 'number wide-only'],
      ]}
    >
      {props.parts.map((part) => (
        <tr key={part.id}>
          <th scope="row">{props.nameOf(part)}</th>
          <td className="number">
            <Vital vital="ready" value={part.vitals.ready} />
          </td>
          <td className="number wide-only">
            <Vital vital="lcp" value={part.vitals.lcp} />
          </td>
          <td className="number">
            <Vital vital="inp" value={part.vitals.inp} />
          </td>
          <td className="number wide-only">
            <Vital vital="cls" value={part.vitals.cls} />
          </td>
          <td className={part.errors === 0 ? 'number zero' : 'number'}>{f.number(part.errors)}</td>
          <td className="number wide-only">{f.number(part.count)}</td>
        </tr>
      ))}
    </Table>
  );
}
