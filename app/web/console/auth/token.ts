const KEY = "baton.staff";

/** Kept until the tab is closed. */
export function knownToken(): string | null {
  return sessionStorage.getItem(KEY);
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}

/** Signing out leaves nothing of this person in the tab: no claims, no drafts. */
export function forgetToken(): void {
  sessionStorage.clear();
}
