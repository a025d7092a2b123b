export interface LoginSearch {
  /** What the identity provider's answer led to, in words. */
  problem?: string;
  /** Where to go when signed in. */
  next?: string;
}

/** Only pages of this desk: a link to the login must not lead elsewhere. */
const INSIDE = /^\/desk\/inbox\/[\w./?&=%+-]*$/;

export function readLoginSearch(search: Record<string, unknown>): LoginSearch {
  const { problem, next } = search;
  return {
    ...(typeof problem === "string" ? { problem } : {}),
    ...(typeof next === "string" && INSIDE.test(next) ? { next } : {}),
  };
}
