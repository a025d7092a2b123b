/** The excerpt that a search found, with its words marked. */
export function Found({ text, q }: { text: string; q: string }) {
  const wanted = q.split(/\s+/).filter((word) => word.length > 1);
  if (wanted.length === 0) return text;
  const pattern = new RegExp(`(${wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "gi");
  return text.split(pattern).map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : part));
}
