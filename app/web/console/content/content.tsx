import { Link, Outlet } from "@tanstack/react-router";
import { contentWords as words } from "../words/en-content";
import styles from "./content.module.css";

export { ArticleEditor } from "./article-editor";
export { ArticleList } from "./article-list";
export { Findings } from "./findings";
export { Gaps } from "./gaps";
export { ImportPage } from "./import-page";
export { Publications } from "./publications";

const PAGES = [
  { to: "/content/articles", name: words.nav.articles },
  { to: "/content/findings", name: words.nav.findings },
  { to: "/content/gaps", name: words.nav.gaps },
  { to: "/content/import", name: words.nav.import },
  { to: "/content/publications", name: words.nav.publications },
] as const;

/** The editors' room: its pages under one row of links. */
export function Content() {
  return (
    <div className={styles.content}>
      <h1 className="hidden">{words.title}</h1>
      <nav className={styles.pages} aria-label={words.nav.label}>
        {PAGES.map(({ to, name }) => (
          <Link key={to} to={to} className={styles.page} activeProps={{ "aria-current": "page" }}>
            {name}
          </Link>
        ))}
      </nav>
      <div className={styles.room}>
        <Outlet />
      </div>
    </div>
  );
}
