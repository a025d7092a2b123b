import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, ok } from "../api/client";
import { contentWords } from "../words/en-content";
import { FindingText } from "./finding-list";
import styles from "./finding-list.module.css";
import { LoadFailed, Loading, Nothing, Page } from "./page";
import { ProgressBar } from "./progress-bar";
import { articleQuery } from "./queries";
import { SideBySide } from "./side-by-side";
import type { LiveFinding } from "./types";

const CHECKS = contentWords.checks;
const LOOK = 1_500;
/** More than a person reads at once. */
const SHOWN = 100;

/** What should be looked at in all that is live: near duplicates and contradictions above all. */
export function Findings() {
  const [kind, setKind] = useState("");
  const [compared, setCompared] = useState<LiveFinding | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ["content", "live-checks"],
    queryFn: () => ok(api.GET("/v1/editor/checks", { params: { query: { wait: 1 } } })),
    refetchInterval: (query) => ((query.state.data?.checked ?? 0) < (query.state.data?.total ?? 0) ? LOOK : false),
  });
  const kinds = Object.entries(CHECKS.kinds).filter(([name]) => data?.findings.some((one) => one.check === name));
  const found = data?.findings.filter((one) => kind === "" || one.check === kind) ?? [];
  const pick = (
    <NativeSelect
      size="sm"
      aria-label={CHECKS.kind}
      value={kind}
      onChange={(event) => setKind(event.currentTarget.value)}
      data={[{ value: "", label: `${CHECKS.kind}: ${contentWords.any}` }, ...kinds.map(([value, label]) => ({ value, label }))]}
    />
  );
  return (
    <Page title={CHECKS.title} tools={pick}>
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : (
          <LoadFailed error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <>
          {data.checked < data.total && <ProgressBar label={CHECKS.progress(data.checked, data.total)} done={data.checked} total={data.total} />}
          <p role="status" className="hidden">
            {CHECKS.counts(found.length)}
          </p>
          {found.length === 0 && data.checked === data.total && <Nothing icon="check" text={CHECKS.clean} />}
          <ul className={styles.list}>
            {found.slice(0, SHOWN).map((one, at) => (
              <li key={at} className={styles.finding} data-severity={one.severity}>
                <Link className={styles.about} to="/content/articles/$id/$locale" params={{ id: one.article_id, locale: one.locale }}>
                  {one.title}
                </Link>
                <FindingText finding={one} />
                {one.other != null && (
                  <span className={styles.actions}>
                    <Button size="compact-xs" variant="default" onClick={() => setCompared(one)}>
                      {CHECKS.sideBySide}
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Compared finding={compared} onClose={() => setCompared(null)} />
    </Page>
  );
}

function Compared({ finding, onClose }: { finding: LiveFinding | null; onClose: () => void }) {
  const { data } = useQuery({ ...articleQuery(finding ?? { article_id: "", locale: "" }), enabled: finding !== null });
  return <SideBySide finding={finding} mine={{ title: finding?.title ?? CHECKS.this, text: data?.live?.text ?? "" }} onClose={onClose} />;
}
