import { Link } from '@tanstack/react-router';
import { Page } from '../../../components/page.tsx';

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <p>
        The address may be mistyped, or what it named is gone. <Link to="/">Go to the overview</Link>, or
        choose a page on the left.
      </p>
    </Page>
  );
}
