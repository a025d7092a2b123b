/** The article that a link of ours leads to; null for links to anywhere else. */
export function articleOf(href: string): string | null {
  const match = /^\/articles\/([\w-]+)(?:[?#].*)?$/.exec(href);
  return match?.[1] ?? null;
}
