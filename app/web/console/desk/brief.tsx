import { useEffect, useRef, useState } from "preact/hooks";
import type { Attempt, Brief, Sop } from "../../shared/api/desk";
import type { Citation } from "../../shared/api/event";
import { safeFragment } from "../../shared/html/safe";
import { Markdown } from "../../shared/markdown/markdown";
import { percent } from "../ui/words";
import { CitationChips } from "./citation-chips";

interface Props {
  brief: Brief | null;
  canUse: boolean;
  onUse: (text: string) => void;
  onCite: (citation: Citation) => void;
}

/** Where there is little room the conversation comes first, and the brief is a row of headings. */
const ROOMY = matchMedia("(min-width: 800px)").matches;

/** What an agent should know before the first word. */
export function BriefView({ brief, canUse, onUse, onCite }: Props) {
  if (brief === null) return <aside class="brief" aria-label="Brief" />;
  const { sop, suggested_reply: suggested, tried, passages } = brief;
  const context = Object.entries(brief.context).filter(([, value]) => value !== null && value !== "");
  return (
    <aside class="brief" aria-label="Brief">
      {suggested !== null && (
        <details open={ROOMY}>
          <summary>Suggested reply</summary>
          <Markdown text={suggested.text} />
          <CitationChips citations={suggested.citations} onCite={onCite} />
          <button type="button" disabled={!canUse} onClick={() => onUse(suggested.text)}>
            {canUse ? "Use this" : "Claim to use this"}
          </button>
        </details>
      )}
      {sop !== null && <SopView sop={sop} />}
      {tried.length > 0 && (
        <details open={ROOMY}>
          <summary>Tried ({tried.length})</summary>
          {tried.map((attempt) => (
            <AttemptView attempt={attempt} onCite={onCite} />
          ))}
        </details>
      )}
      {passages.length > 0 && (
        <details>
          <summary>Found in the articles</summary>
          <CitationChips citations={passages} onCite={onCite} />
        </details>
      )}
      <details>
        <summary>Context</summary>
        <dl>
          {context.map(([name, value]) => (
            <div>
              <dt>{name.replaceAll("_", " ")}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
        <p class="soft">{brief.signals_line}</p>
      </details>
    </aside>
  );
}

function AttemptView({ attempt, onCite }: { attempt: Attempt; onCite: (citation: Citation) => void }) {
  const { question, answer, citations, confidence, helpful } = attempt;
  return (
    <div class="attempt">
      <p class="asked">{question}</p>
      <Markdown text={answer} />
      <CitationChips citations={citations} onCite={onCite} />
      <p class="soft">
        {confidence === null ? "" : `${percent(confidence)} sure`}
        {helpful === null ? "" : helpful ? " · helped" : " · did not help"}
      </p>
    </div>
  );
}

function SopView({ sop }: { sop: Sop }) {
  const [done, setDone] = useState<ReadonlySet<number>>(new Set());
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.replaceChildren(safeFragment(sop.html)), [sop.html]);
  const toggle = (step: number) => {
    const next = new Set(done);
    if (!next.delete(step)) next.add(step);
    setDone(next);
  };
  return (
    <details open={ROOMY}>
      <summary>{sop.title}</summary>
      <ol class="steps">
        {sop.steps.map((step, at) => (
          <li>
            <label class={done.has(at) ? "done" : ""}>
              <input type="checkbox" checked={done.has(at)} onChange={() => toggle(at)} />
              <Markdown text={step} />
            </label>
          </li>
        ))}
      </ol>
      <details>
        <summary>The whole procedure</summary>
        <div ref={body} class="md" />
      </details>
    </details>
  );
}
