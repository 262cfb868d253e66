import { Link } from '@tanstack/react-router';
import type { Device } from '../../core/contract/devices.ts';
import { useListTexts } from './lists/texts.ts';
import { SinceCell } from './Moments.tsx';
import { StateWord } from './StateMark.tsx';
import { Table } from './Table.tsx';

/** Rows that somebody chose, to be changed together. */
export type Choice = {
  readonly ids: ReadonlySet<string>;
  readonly set: (ids: ReadonlySet<string>) => void;
};

type DeviceTableProps = {
  readonly devices: readonly Device[];
  readonly withSite?: boolean;
  /** Whether the address says how it is sorted. */
  readonly isSortable?: boolean;
  readonly choice?: Choice | undefined;
};

const toggled = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** Devices as rows; at a site its own name is not repeated. */
export function DeviceTable({ devices, withSite = true, isSortable = false, choice }: DeviceTableProps) {
  const { t, l } = useListTexts();
  const kinds: Readonly<Record<string, string>> = t.deviceKind;
  const columns = t.devices.column;
  const by = (sort: string): readonly [] | readonly [string] => (isSortable ? [sort] : []);
  const areAll = devices.length > 0 && devices.every(({ id }) => choice?.ids.has(id) === true);
  return (
    <Table
      columns={[
        [columns.name, undefined, ...by('name')],
        [columns.state, undefined, ...by('worst')],
        [columns.since, 'wide-only', ...by('since')],
        [columns.kind, 'wide-only', ...by('kind')],
        withSite && [columns.site, 'wide-only', ...by('site')],
        [columns.host, 'wide-only', ...by('host')],
        [columns.model, 'wide-only', ...by('model')],
      ]}
      {...(choice === undefined
        ? {}
        : {
            chooser: (
              <input
                type="checkbox"
                aria-label={l.chooseAll}
                checked={areAll}
                onChange={() =>
                  choice.set(areAll ? new Set() : new Set([...choice.ids, ...devices.map(({ id }) => id)]))
                }
              />
            ),
          })}
    >
      {devices.map((device) => (
        <tr key={device.id} data-chosen={choice?.ids.has(device.id)}>
          {choice !== undefined && (
            <td className="table-choice">
              <input
                type="checkbox"
                aria-label={l.choose(device.name)}
                checked={choice.ids.has(device.id)}
                onChange={() => choice.set(toggled(choice.ids, device.id))}
              />
            </td>
          )}
          <th scope="row">
            <Link to="/devices/$deviceId" params={{ deviceId: device.id }} className="name">
              {device.name}
            </Link>
            {withSite && <span className="sub phone-only">{device.siteName}</span>}
          </th>
          <td>
            <StateWord state={device.state} quiet={device.state === 'up'} />
          </td>
          <td className="wide-only secondary nowrap">
            {device.since !== null && device.state !== 'up' && <SinceCell at={device.since} />}
          </td>
          <td className="wide-only nowrap">{kinds[device.kind] ?? device.kind}</td>
          {withSite && (
            <td className="wide-only">
              <Link to="/sites/$siteId" params={{ siteId: device.siteId }} className="plain">
                {device.siteName}
              </Link>
            </td>
          )}
          <td className="wide-only mono muted">{device.host}</td>
          <td className="wide-only secondary">{device.model ?? ''}</td>
        </tr>
      ))}
    </Table>
  );
}
