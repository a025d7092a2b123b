/** A refusal (RFC 9457), or status 0 when no answer came at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly retryAfter: number | null = null,
  ) {
    super(`${status} ${title}`);
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500;
  }
}

export async function problemFrom(response: Response): Promise<Problem> {
  const body = asRecord(await response.json().catch(() => null));
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new Problem(
    response.status,
    text(body["title"]) ?? response.statusText,
    text(body["detail"]) ?? "",
    Number.isFinite(seconds) ? seconds : null,
  );
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
