import type { ProbeReport } from '../../../collector/probe-host.ts';

/** A report for people. */
export function reportTable({ device, interfaces, readings }: ProbeReport): string {
  const head = Object.entries(device).map(([key, value]) => [key, String(value ?? '–')]);
  const ports = interfaces.map((port) => [
    String(port.index),
    port.name,
    port.type,
    port.operStatus ?? '–',
    port.speedBps === null ? '–' : `${port.speedBps / 1_000_000} Mbit/s`,
    port.inOctets ?? '–',
    port.outOctets ?? '–',
  ]);
  const values = readings.map(({ group, class: kind, index, value, unit, label }) => [
    group,
    kind,
    index,
    `${value}${unit === '' ? '' : ` ${unit}`}`,
    label,
  ]);
  return [
    align(head),
    align([['index', 'interface', 'type', 'state', 'speed', 'in octets', 'out octets'], ...ports]),
    align([['group', 'class', 'index', 'value', 'label'], ...values]),
  ].join('\n\n');
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
