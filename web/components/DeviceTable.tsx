import { Link } from '@tanstack/react-router';
import type { Device } from '../../core/contract/devices.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Since } from './Moments.tsx';
import { StateWord } from './StateMark.tsx';
import { Table } from './Table.tsx';

/** Devices as rows; at a site its own name is not repeated. */
export function DeviceTable({
  devices,
  withSite = true,
}: {
  readonly devices: readonly Device[];
  readonly withSite?: boolean;
}) {
  const { t } = useTexts();
  const kinds: Readonly<Record<string, string>> = t.deviceKind;
  const columns = t.devices.column;
  return (
    <Table
      columns={[
        columns.name,
        columns.state,
        [columns.since, 'wide-only'],
        [columns.kind, 'wide-only'],
        withSite && [columns.site, 'wide-only'],
        [columns.host, 'wide-only'],
        [columns.model, 'wide-only'],
      ]}
    >
      {devices.map((device) => (
        <tr key={device.id}>
          <th scope="row">
            <Link to="/devices/$deviceId" params={{ deviceId: device.id }} className="name">
              {device.name}
            </Link>
            {withSite && <span className="sub phone-only">{device.siteName}</span>}
          </th>
          <td>
            <StateWord state={device.state} quiet={device.state === 'up'} />
          </td>
          <td className="wide-only secondary">
            {device.since !== null && device.state !== 'up' && <Since at={device.since} />}
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
