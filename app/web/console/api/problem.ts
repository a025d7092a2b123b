/** A refusal (RFC 9457), or status 0 when no answer came at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly detail: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(`${status} ${type}`);
  }

  /** Who has the conversation, when the refusal says so. */
  get claimedBy(): string | null {
    const holder = this.extra["claimed_by"];
    return isRecord(holder) && typeof holder["name"] === "string" ? holder["name"] : null;
  }

  /** Somebody else's reply, newer than what this page has shown. */
  get newer(): NewerReply | null {
    const newer = this.extra["newer"];
    if (!isRecord(newer) || typeof newer["seq"] !== "number" || typeof newer["text"] !== "string") return null;
    const agent = newer["agent"];
    return { seq: newer["seq"], text: newer["text"], by: isRecord(agent) ? String(agent["name"]) : "" };
  }
}

export interface NewerReply {
  seq: number;
  text: string;
  by: string;
}

/** `body` is whatever the server sent. */
export function problemFrom(status: number, body: unknown): Problem {
  const fields = isRecord(body) ? body : {};
  return new Problem(status, String(fields["type"] ?? "about:blank"), String(fields["detail"] ?? ""), fields);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
