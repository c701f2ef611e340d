import './styles/index.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './app/query-client.ts';
import { createAppRouter } from './app/router.tsx';
import { appRoute } from './app/routes.tsx';

const queries = createQueryClient(() => void signInAgain());
const router = createAppRouter(queries);

/** The session is over: sign in, then come back to where one was. */
async function signInAgain(): Promise<void> {
  const { location, matches } = router.state;
  // Outside, there was none: the page itself tells that a code or a password is wrong.
  if (!matches.some(({ routeId }) => routeId === appRoute.id)) return;
  queries.removeQueries({ queryKey: ['session'] });
  await router.navigate({ to: '/sign-in', search: { returnTo: location.href } });
}

const element = document.getElementById('root');
if (element !== null) {
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
