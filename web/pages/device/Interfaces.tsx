import { useQuery } from '@tanstack/react-query';
import type { Interface } from '../../../core/contract/devices.ts';
import { interfacesQuery } from '../../api/queries.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import type { Quantity } from '../../i18n/format.ts';
import { useTexts } from '../../i18n/texts.tsx';
import '../../components/table.css';

function Rate({ rate }: { readonly rate: Quantity | null }) {
  if (rate === null) return <span className="zero">–</span>;
  return (
    <>
      {rate.value} <span className="unit">{rate.unit}</span>
    </>
  );
}

function OperState({ port }: { readonly port: Interface }) {
  const { t } = useTexts();
  if (port.adminStatus === 'down') {
    return (
      <span className="state-word muted">
        <StateMark mark="not-proposed" size={10} />
        {t.device.interface.adminDown}
      </span>
    );
  }
  const status = port.operStatus ?? 'unknown';
  return (
    <span className="state-word secondary">
      <StateMark mark={status === 'up' ? 'up' : status === 'unknown' ? 'unknown' : 'not-proposed'} size={10} />
      {t.device.oper[status]}
    </span>
  );
}

function Row({ port }: { readonly port: Interface }) {
  const { f } = useTexts();
  const rate = (bps: number | null) => (bps === null ? null : f.bitRate(bps));
  const count = (perS: number | null) =>
    perS === null ? (
      <span className="zero">–</span>
    ) : perS === 0 ? (
      <span className="zero">0</span>
    ) : (
      <span className="count-down">{f.number(perS, 2)}</span>
    );
  return (
    <tr>
      <th scope="row">
        <span className="name">{port.name}</span>
        {port.alias !== '' && <span className="sub">{port.alias}</span>}
        <span className="sub phone-only">
          <OperState port={port} />
        </span>
      </th>
      <td className="wide-only">
        <OperState port={port} />
      </td>
      <td className="number wide-only">
        <Rate rate={port.speedBps === null || port.speedBps === 0 ? null : f.bitRate(port.speedBps)} />
      </td>
      <td className="number">
        <Rate rate={rate(port.inBps)} />
      </td>
      <td className="number">
        <Rate rate={rate(port.outBps)} />
      </td>
      <td className="number wide-only">{count(port.errorsPerS)}</td>
      <td className="number wide-only">{count(port.discardsPerS)}</td>
      <td className="mono muted roomy-only">{port.mac ?? ''}</td>
    </tr>
  );
}

export function Interfaces({ deviceId }: { readonly deviceId: string }) {
  const { t } = useTexts();
  const query = useQuery(interfacesQuery(deviceId));
  const columns = t.device.interface;
  return (
    <section className="device-section">
      <h2>{t.device.interfaces}</h2>
      <Answer query={query} what={t.device.interfaces} waiting={<Skeleton rows={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="secondary">{t.device.noInterfaces}</p>
          ) : (
            <div className="table-box">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{columns.name}</th>
                    <th scope="col" className="wide-only">
                      {columns.state}
                    </th>
                    <th scope="col" className="number wide-only">
                      {columns.speed}
                    </th>
                    <th scope="col" className="number">
                      {columns.in}
                    </th>
                    <th scope="col" className="number">
                      {columns.out}
                    </th>
                    <th scope="col" className="number wide-only">
                      {columns.errors} <span className="unit">{t.unit.perSecond}</span>
                    </th>
                    <th scope="col" className="number wide-only">
                      {columns.discards} <span className="unit">{t.unit.perSecond}</span>
                    </th>
                    <th scope="col" className="roomy-only">
                      {t.device.mac}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((port) => (
                    <Row key={port.index} port={port} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answer>
    </section>
  );
}
