import { Problem, problemFrom } from "./problem";

export interface Request {
  method?: "GET" | "POST";
  token?: string;
  body?: object;
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
  timeout?: number;
}

/** Sends JSON to one server; throws a `Problem` for everything that is not a 2xx. */
export class Http {
  constructor(readonly base: string) {}

  async send<T>(path: string, request: Request = {}): Promise<T> {
    const { method = "GET", token, body, query = {}, signal, timeout = 15_000 } = request;
    const headers: Record<string, string> = { Accept: "application/json" };
    if (token !== undefined) headers["Authorization"] = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";

    const late = AbortSignal.timeout(timeout);
    try {
      const response = await fetch(this.url(path, query), {
        method,
        headers,
        signal: signal === undefined ? late : AbortSignal.any([late, signal]),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw await problemFrom(response);
      return (response.status === 204 ? undefined : await response.json()) as T;
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem(0, "network", String(error));
    }
  }

  url(path: string, query: Record<string, string | number | undefined> = {}): string {
    const url = new URL(this.base + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== "") url.searchParams.set(name, String(value));
    }
    return url.href;
  }
}
