/** Text inside a block. Links carry only addresses that `safeHref` let through. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong" | "em"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; href: string; children: Inline[] }
  | { kind: "cite"; number: number }
  | { kind: "break" };

const TOKEN =
  /`([^`\n]+)`|\*\*([^*\n](?:[^*\n]|\*(?!\*))*)\*\*|\*([^*\s](?:[^*\n]*[^*\s])?)\*|\[(\d{1,2})\](?!\()|\[([^\]\n]{1,300})\]\(([^()\s]{1,500})\)|\n/;

/** A link leads to the web, to a mail address or to a page of ours; anything else is shown as plain text. */
export function safeHref(href: string): string | null {
  if (/^(https?:\/\/|mailto:)/i.test(href)) return href;
  return /^\/(?![/\\])/.test(href) || href.startsWith("#") ? href : null;
}

export function parseInline(source: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  let rest = source;
  const plain = (text: string) => {
    if (text !== "") out.push({ kind: "text", text });
  };
  while (rest !== "") {
    const match = depth < 4 ? TOKEN.exec(rest) : null;
    if (match === null) {
      plain(rest);
      break;
    }
    plain(rest.slice(0, match.index));
    out.push(token(match, depth));
    rest = rest.slice(match.index + match[0].length);
  }
  return out;
}

function token(match: RegExpExecArray, depth: number): Inline {
  const [whole, code, strong, em, cite, label, href] = match;
  if (code !== undefined) return { kind: "code", text: code };
  if (strong !== undefined) return { kind: "strong", children: parseInline(strong, depth + 1) };
  if (em !== undefined) return { kind: "em", children: parseInline(em, depth + 1) };
  if (cite !== undefined) return { kind: "cite", number: Number(cite) };
  if (label !== undefined && href !== undefined) {
    const safe = safeHref(href);
    return safe === null ? { kind: "text", text: label } : { kind: "link", href: safe, children: parseInline(label, depth + 1) };
  }
  return whole === "\n" ? { kind: "break" } : { kind: "text", text: whole };
}
