/** The few icons of the frame, drawn on a 20 px grid. */
const PATHS = {
  now: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15ZM10 6v4.300l3 1.800',
  map: 'M3 5.200 7.500 3l5 2.200L17 3v11.800L12.500 17l-5-2.200L3 17ZM7.500 3v11.800M12.500 5.200V17',
  regencies: 'M3 4.500h14M3 8.200h14M3 11.900h14M3 15.500h14M8 4.500v11',
  outages: 'M10 3.200 17.500 16.500h-15ZM10 8v4M10 14.200v.1',
  devices:
    'M3 11.500h14v4H3ZM6 13.500v.1M9 13.500v.1M10 11.500V8M6.600 5.400a4.800 4.800 0 0 1 6.800 0M8.300 7.100a2.400 2.400 0 0 1 3.400 0',
  topology: 'M10 3.200v4.300M10 7.500 5 12.500M10 7.500l5 5M8.200 3h3.600v3H8.200ZM3 12.500h4v4H3ZM13 12.500h4v4h-4Z',
  portal: 'M4 3h8v14H4ZM12 10h5M14.500 7.500 17 10l-2.500 2.500M9.500 10v.1',
  statements: 'M5 2.500h7l3 3v12H5ZM12 2.500v3h3M7.500 9h5M7.500 11.800h5M7.500 14.600h3',
  system: 'M3 10.500h3l2-5.500 3.500 10 2-4.500H17',
  account: 'M10 10a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400ZM3.800 16.800a6.300 6.300 0 0 1 12.400 0',
  search: 'M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11ZM13 13l4 4',
  edit: 'M4 16l.8-3.500L12.500 4.800l2.700 2.700-7.700 7.700ZM10.800 6.500l2.700 2.700',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  fit: 'M3.500 7.500v-4h4M12.500 3.500h4v4M16.500 12.500v4h-4M7.500 16.500h-4v-4',
  chevron: 'M6 8l4 4 4-4',
} as const;

export function Icon({ name, size = 20 }: { readonly name: keyof typeof PATHS; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
