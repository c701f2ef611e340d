/** Outlines of the navigation, on a grid of 16. */
const PATHS = {
  overview: 'M2 8.5V14h4V8.5zM10 2v12h4V2zM6 5.5V14h4V5.5z',
  events: 'M8 2l6.5 11.5h-13zM8 6.5v3.2M8 11.6v.1',
  runs: 'M4 2.5l9 5.5-9 5.5z',
  scans: 'M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14',
  schedules: 'M8 2a6 6 0 100 12A6 6 0 008 2zM8 4.8V8l2.4 1.6',
  accounts: 'M2 13V5.5l4-3v10.5zM6 6.5h8V13H2M9 9h2M9 11h2',
  exports: 'M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11',
  settings: 'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 3v3M5.5 10v3',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
