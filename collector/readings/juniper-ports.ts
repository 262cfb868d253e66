import { definePorts } from '../profile.ts';

/** jnxVirtualChassisPortTable: the cables between members, which IF-MIB does not list. */
const CHASSIS_PORT = '1.3.6.1.4.1.2636.3.40.1.4.1.2.1';
/** Above any ifIndex of Junos; a thousand for each member. */
const FIRST_INDEX = 10_000_000;

/** @returns member and name of an index, which is the member, the name's length and its characters; null for nonsense */
export function chassisPortOf(index: string): { readonly member: number; readonly name: string } | null {
  const [member, length, ...characters] = index.split('.').map(Number);
  if (member === undefined || length !== characters.length) return null;
  return { member, name: String.fromCharCode(...characters) };
}

export const virtualChassisPorts = definePorts({
  columns: {
    admin: `${CHASSIS_PORT}.3`,
    oper: `${CHASSIS_PORT}.4`,
    inOctets: `${CHASSIS_PORT}.7`,
    outOctets: `${CHASSIS_PORT}.8`,
    inErrors: `${CHASSIS_PORT}.16`,
  },
  polled: { operStatus: 'oper', inOctets: 'inOctets', outOctets: 'outOctets', inErrors: 'inErrors' },
  port(row, index) {
    const port = chassisPortOf(index);
    const number = /(\d+)$/.exec(port?.name ?? '')?.[1];
    if (port === null || number === undefined) return null;
    const name = `fpc${port.member}.${port.name}`;
    return {
      index: FIRST_INDEX + 1_000 * port.member + Number(number),
      name,
      alias: name,
      type: 'vcp',
      adminStatus: row.admin?.value === 2 ? 'down' : 'up',
    };
  },
});
