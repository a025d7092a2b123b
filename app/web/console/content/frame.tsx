import "./mantine.css";
import { Link, Outlet } from "@tanstack/react-router";
import { content } from "../words/en-content";
import styles from "./content.module.css";

const PAGES = [
  { to: "/content/articles", name: content.articles },
  { to: "/content/publications", name: content.publications },
  { to: "/content/gaps", name: content.gaps },
  { to: "/content/import", name: content.imports },
] as const;

/** The frame of the editors' rooms. */
export function ContentFrame() {
  return (
    <div className={styles.frame}>
      <header className={styles.head}>
        <h1 className={styles.title}>{content.title}</h1>
        <nav aria-label={content.label} className={styles.pages}>
          {PAGES.map((page) => (
            <Link key={page.to} to={page.to} className={styles.page} activeProps={{ "aria-current": "page" }}>
              {page.name}
            </Link>
          ))}
        </nav>
      </header>
      <div className={styles.room}>
        <Outlet />
      </div>
    </div>
  );
}
