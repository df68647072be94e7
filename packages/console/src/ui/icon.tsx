/** Line icons on a grid of 24, drawn for this console. They are never the only sign of anything. */
const paths = {
  check: 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM15.5 15.5 20 20M8 10.7l2 2 3.2-3.6',
  certificates: 'M6 3h9l4 4v14H6ZM15 3v4h4M9 11h7M9 14.5h7M9 18h4',
  consents: 'M12 21c5-2.5 7.5-6 7.5-10.5V6L12 3 4.5 6v4.5C4.5 15 7 18.5 12 21ZM8.8 11.8l2.3 2.3 4-4.6',
  blacklist: 'M5 6h14M5 12h8M5 18h6M16 14.5l5 5M21 14.5l-5 5',
  looks:
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 0 0 0-5.6Z',
  federation:
    'M12 4.5a2 2 0 1 0 0 .01M5 17.5a2 2 0 1 0 0 .01M19 17.5a2 2 0 1 0 0 .01M11 6.5 6 15.5M13 6.5l5 9M7 17.5h10',
  explorer: 'M4 5h6v6H4ZM14 13h6v6h-6ZM10 8h4a3 3 0 0 1 3 3v2',
  red: 'M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2ZM8.8 8.8l6.4 6.4M15.2 8.8l-6.4 6.4',
  amber: 'M12 3.5 22 20.5H2ZM12 10v4.5M12 17.4v.1',
  green: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18ZM7.8 12.3l3 3 5.4-6',
  print: 'M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7Z',
  save: 'M12 4v11M7.5 11 12 15.5 16.5 11M4.5 19.5h15',
  sun: 'M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  language: 'M4 5.5h9M8.5 3.5v2M11 5.5c-1 4-3.5 6.5-6.5 8M6.5 8.5c1 2.5 3 4.2 5.5 5M12.5 20.5l4-10 4 10M14 17h5',
  keyboard: 'M3 6.5h18v11H3ZM6.5 10h.1M10 10h.1M13.5 10h.1M17 10h.1M8 14h8',
  out: 'M10 4.5H5v15h5M14.5 8l4 4-4 4M18.5 12H9.5',
  link: 'M9.5 6.5H5.5v12h12v-4M13 5h6v6M19 5l-8 8',
  chevron: 'M9 5.5 15.5 12 9 18.5',
  file: 'M6 3h8l4 4v14H6ZM14 3v4h4',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4ZM12 10.5a3 3 0 1 0 0 6a3 3 0 0 0 0-6Z',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2.5',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
