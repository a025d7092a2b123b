import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { queryClient } from "./api/query";
import { readAuditFilters } from "./audit/filters";
import { readArticleFilters } from "./content/filters";
import { readFilters } from "./inbox/filters";
import { isView } from "./inbox/view";
import { sessionQuery } from "./session/session";
import { readLoginSearch } from "./session/login-search";
import { Failed, NotFound } from "./shell/failed";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Failed });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: readLoginSearch,
  component: lazyRouteComponent(() => import("./session/login"), "Login"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: lazyRouteComponent(() => import("./session/welcome"), "Welcome"),
});

/** Everything behind the login. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session.signed_in) throw redirect({ to: "/login", search: { next: location.pathname + location.search } });
  },
  component: lazyRouteComponent(() => import("./shell/shell"), "Shell"),
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: async () => {
    const { me } = await queryClient.ensureQueryData(sessionQuery);
    if (me != null && !me.can.includes("agent") && me.can.includes("editor")) throw redirect({ to: "/content/articles", search: {} });
    throw redirect({ to: "/inbox/$view", params: { view: "queues" }, search: {} });
  },
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: "/inbox/$view",
  validateSearch: readFilters,
  beforeLoad: ({ params }) => {
    if (!isView(params.view)) throw redirect({ to: "/inbox/$view", params: { view: "queues" }, search: {} });
  },
  component: lazyRouteComponent(() => import("./inbox/inbox"), "Inbox"),
});

const conversation = createRoute({
  getParentRoute: () => inbox,
  path: "/$id",
  component: lazyRouteComponent(() => import("./conversation/conversation"), "ConversationRoute"),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: "/audit",
  validateSearch: readAuditFilters,
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session.me?.can.includes("lead") !== true) throw redirect({ to: "/inbox/$view", params: { view: "queues" }, search: {} });
  },
  component: lazyRouteComponent(() => import("./audit/audit-room"), "AuditRoom"),
});

const team = createRoute({
  getParentRoute: () => shell,
  path: "/staff",
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session.me?.can.includes("admin") !== true) throw redirect({ to: "/inbox/$view", params: { view: "queues" }, search: {} });
  },
  component: lazyRouteComponent(() => import("./team/team-room"), "TeamRoom"),
});

/** The editors' room is one chunk, asked for when it is first opened. */
const content = createRoute({
  getParentRoute: () => shell,
  path: "/content",
  component: lazyRouteComponent(() => import("./content/content"), "Content"),
});

const contentHome = createRoute({
  getParentRoute: () => content,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/content/articles", search: {} });
  },
});

const articles = createRoute({
  getParentRoute: () => content,
  path: "/articles",
  validateSearch: readArticleFilters,
  component: lazyRouteComponent(() => import("./content/content"), "ArticleList"),
});

const article = createRoute({
  getParentRoute: () => content,
  path: "/articles/$id/$locale",
  component: lazyRouteComponent(() => import("./content/content"), "ArticleEditor"),
});

const findings = createRoute({
  getParentRoute: () => content,
  path: "/findings",
  component: lazyRouteComponent(() => import("./content/content"), "Findings"),
});

const gaps = createRoute({
  getParentRoute: () => content,
  path: "/gaps",
  component: lazyRouteComponent(() => import("./content/content"), "Gaps"),
});

const imports = createRoute({
  getParentRoute: () => content,
  path: "/import",
  component: lazyRouteComponent(() => import("./content/content"), "ImportPage"),
});

const publications = createRoute({
  getParentRoute: () => content,
  path: "/publications",
  component: lazyRouteComponent(() => import("./content/content"), "Publications"),
});

const rooms = [home, audit, team, inbox.addChildren([conversation]), content.addChildren([contentHome, articles, article, findings, gaps, imports, publications])];

export const router = createRouter({
  routeTree: root.addChildren([login, welcome, shell.addChildren(rooms)]),
  basepath: "/desk",
  defaultPreload: false,
  defaultPendingMinMs: 0,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** The conversation was handed to me by "Take the next one". */
    taken?: boolean;
  }
}
