import { useQuery } from '@tanstack/react-query';
import type { DeviceReading } from '../../../core/contract/devices.ts';
import { readingsQuery } from '../../api/queries.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { CLIENTS } from './charts.ts';
import { useDeviceTexts } from './texts.ts';

const SIGNAL = 'wireless.rssi';
const USE = 'wireless.utilization';

const readingOf = (items: readonly DeviceReading[], metric: string, instance: string) =>
  items.find((item) => item.metric === metric && item.instance === instance);

/** Who is on the air, radio by radio; nothing where the device has none. */
export function Clients({ deviceId }: { readonly deviceId: string }) {
  const { d, f } = useDeviceTexts();
  const items = useQuery(readingsQuery(deviceId)).data?.items ?? [];
  const radios = items.filter(({ metric }) => metric === CLIENTS);
  if (radios.length === 0) return null;
  const total = radios.reduce((sum, { value }) => sum + value, 0);
  const most = Math.max(1, ...radios.map(({ value }) => value));
  const shown = (reading: DeviceReading | undefined) =>
    reading === undefined ? (
      <span className="zero">–</span>
    ) : (
      <>
        {f.number(reading.value, 1)} <span className="unit">{reading.unit}</span>
      </>
    );
  return (
    <section className="device-section">
      <h2>
        {d.clients} <span className="muted small">{d.clientsTotal(f.number(total))}</span>
      </h2>
      <div className="table-box">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{d.radio}</th>
              <th scope="col" className="number">
                {d.clients}
              </th>
              <th scope="col" className="number wide-only">
                {d.signal}
              </th>
              <th scope="col" className="number wide-only">
                {d.channelUse}
              </th>
            </tr>
          </thead>
          <tbody>
            {radios.map((radio) => (
              <tr key={radio.instance}>
                <th scope="row">
                  <span className="state-word">
                    <StateMark mark={radio.value > 0 ? 'up' : 'not-proposed'} size={10} />
                    {radio.label || radio.instance || d.noRadio}
                  </span>
                </th>
                <td className="number">
                  <meter className="radio-share" min={0} max={most} value={radio.value} aria-hidden="true" />
                  {f.number(radio.value)}
                </td>
                <td className="number wide-only">{shown(readingOf(items, SIGNAL, radio.instance))}</td>
                <td className="number wide-only">{shown(readingOf(items, USE, radio.instance))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
