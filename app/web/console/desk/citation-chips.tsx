import type { Citation } from "../../shared/api/event";

interface Props {
  citations: Citation[];
  onCite: (citation: Citation) => void;
}

export function CitationChips({ citations, onCite }: Props) {
  if (citations.length === 0) return null;
  return (
    <p class="chips">
      {citations.map((citation, at) => (
        <button type="button" class="chip" title={citation.quote} onClick={() => onCite(citation)}>
          {at + 1}. {citation.title}
        </button>
      ))}
    </p>
  );
}
