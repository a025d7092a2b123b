import { useEffect, useState } from "preact/hooks";

/** The open conversation stands in the address, so that reload and back work: `#/conversations/ID`. */
function current(): string | null {
  const match = /^#\/conversations\/([^/]+)$/.exec(location.hash);
  return match?.[1] === undefined ? null : decodeURIComponent(match[1]);
}

export function goTo(id: string | null): void {
  location.hash = id === null ? "#/" : `#/conversations/${encodeURIComponent(id)}`;
}

export function useRoute(): string | null {
  const [id, setId] = useState(current);
  useEffect(() => {
    const onChange = () => setId(current());
    addEventListener("hashchange", onChange);
    return () => removeEventListener("hashchange", onChange);
  }, []);
  return id;
}
