import { useMediaQuery } from "@mantine/hooks";

/** Keep in step with the queries in the stylesheets: below it the rail lies on top, and what it opens comes down. */
const NARROW = "(max-width: 799px)";

export function useNarrow(): boolean {
  return useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
}
