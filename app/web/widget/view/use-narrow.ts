import { useEffect, useState } from "preact/hooks";

/** Keep in step with the query in `panel.css`: below it the panel covers the page. */
const NARROW = "(max-width: 599px), (max-height: 419px)";

export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const onChange = () => setNarrow(query.matches);
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, []);
  return narrow;
}
