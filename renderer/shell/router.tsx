import { createHashHistory, createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router';
import { CasesDesk } from '../desks/cases/cases-desk.tsx';
import { ExportsDesk } from '../desks/exports/exports-desk.tsx';
import { FoldersDesk } from '../desks/folders/folders-desk.tsx';
import { LivePage } from '../desks/lives/live-page.tsx';
import { LivesDesk } from '../desks/lives/lives-desk.tsx';
import { ReviewDesk } from '../desks/review/review-desk.tsx';
import { SearchDesk } from '../desks/search/search-desk.tsx';
import { SettingsDesk } from '../desks/settings/settings-desk.tsx';
import { WatchPage } from '../desks/watches/watch-page.tsx';
import { WatchesDesk } from '../desks/watches/watches-desk.tsx';
import { BrokenDesk } from './broken-desk.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => <Navigate to="/lives" replace />,
});
const lives = createRoute({ getParentRoute: () => root, path: '/lives', component: LivesDesk });
const live = createRoute({
  getParentRoute: () => root,
  path: '/lives/$liveId',
  /** `at`: number of the segment to show first. */
  validateSearch: (search): { at?: number } => {
    const at = Number(search['at']);
    return Number.isInteger(at) && at > 0 ? { at } : {};
  },
  component: LivePage,
});
const review = createRoute({ getParentRoute: () => root, path: '/review', component: ReviewDesk });
const watchesRoute = createRoute({ getParentRoute: () => root, path: '/watches', component: WatchesDesk });
const watchRoute = createRoute({ getParentRoute: () => root, path: '/watches/$watchId', component: WatchPage });
const foldersRoute = createRoute({ getParentRoute: () => root, path: '/folders', component: FoldersDesk });
const casesRoute = createRoute({ getParentRoute: () => root, path: '/cases', component: CasesDesk });
const searchRoute = createRoute({ getParentRoute: () => root, path: '/search', component: SearchDesk });
const exportsRoute = createRoute({ getParentRoute: () => root, path: '/exports', component: ExportsDesk });
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsDesk });

/** Reads the address: call it once the session token is out of it. */
export function createWindowRouter() {
  return createRouter({
    routeTree: root.addChildren([
      home,
      lives,
      live,
      review,
      watchesRoute,
      watchRoute,
      foldersRoute,
      casesRoute,
      searchRoute,
      exportsRoute,
      settings,
    ]),
    history: createHashHistory(),
    // Nothing is read ahead of a wish: reading what was said leaves a fact in the journal.
    defaultPreload: false,
    defaultErrorComponent: BrokenDesk,
    defaultNotFoundComponent: () => <Navigate to="/lives" replace />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createWindowRouter>;
  }
}
