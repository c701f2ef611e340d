import { Link } from '@tanstack/react-router';
import { Tabs } from '../../../components/tabs.tsx';
import type { HubTab } from './search.ts';

interface Props {
  label: string;
  /** Those that have something to show. */
  tabs: readonly { id: HubTab; name: string }[];
  current: HubTab;
}

/** The parts of a hub: what each area knows of one thing. */
export function HubTabs({ label, tabs, current }: Props) {
  return (
    <Tabs label={label}>
      {tabs.map(({ id, name }, index) => (
        <Link
          key={id}
          to="."
          search={(search) => ({ ...search, tab: index === 0 ? undefined : id, cursor: undefined })}
          activeOptions={{ exact: true }}
          aria-current={id === current ? 'page' : undefined}
        >
          {name}
        </Link>
      ))}
    </Tabs>
  );
}
