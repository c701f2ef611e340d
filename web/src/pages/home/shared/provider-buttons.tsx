import { useQuery } from '@tanstack/react-query';
import type { BeginProviderSignInRequest, BegunAtProvider } from '../../../../../src/api/schemas/sign-in.ts';
import { request } from '../../../api/client.ts';
import { providersQuery } from '../../../api/queries.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNote } from '../../../components/problem.tsx';

interface Props {
  wish: BeginProviderSignInRequest;
  /** Before the browser leaves the page. */
  onLeave?: () => void;
}

/** A button for everybody who vouches for people here; nothing where nobody does. */
export function ProviderButtons({ wish, onLeave }: Props) {
  const { data } = useQuery(providersQuery);
  const begin = useChange({
    send: (id: string) =>
      request<BegunAtProvider>(`/sign-in/providers/${encodeURIComponent(id)}`, {
        method: 'POST',
        body: wish,
      }),
    refreshes: [],
    onDone: ({ url }) => {
      onLeave?.();
      window.location.assign(url);
    },
  });
  if (data === undefined || data.providers.length === 0) return null;
  return (
    <div className="providers">
      {data.providers.map(({ id, name }) => (
        <Button
          key={id}
          pending={begin.isPending && begin.variables === id}
          onClick={() => begin.mutate(id)}
        >{`Continue with ${name}`}</Button>
      ))}
      {begin.error !== null && <ProblemNote error={begin.error} />}
    </div>
  );
}
