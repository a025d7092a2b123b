import createClient from "openapi-fetch";
import { Problem, problemFrom } from "./problem";
import type { paths } from "./schema";

const SECONDS = 15_000;
const CSRF_FAILED = "urn:baton:csrf-failed";
const SAFE = new Set(["GET", "HEAD"]);

/** Bound to the session; lives in memory only. */
let csrf = "";

export function rememberCsrf(token: string): void {
  csrf = token;
}

/** For the one request that the client below cannot make: an upload that tells its progress. */
export function csrfToken(): string {
  return csrf;
}

/** The API, typed from the server's own `/openapi.json`. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send });

async function send(request: Request): Promise<Response> {
  if (SAFE.has(request.method)) return await deliver(request);
  const again = request.clone();
  const response = await deliver(signed(request));
  if (response.status !== 403 || !(await isCsrfFailure(response))) return response;
  // The session is another one than this page knew: learn its token and try once more.
  const { data } = await api.GET("/v1/session");
  rememberCsrf(data?.csrf ?? "");
  return await deliver(signed(again));
}

function signed(request: Request): Request {
  request.headers.set("X-CSRF-Token", csrf);
  return request;
}

/** Sent to the window when a request was refused because nobody is signed in any more. */
export const SIGNED_OUT = "baton.signed-out";

async function deliver(request: Request): Promise<Response> {
  try {
    const response = await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(SECONDS)]) });
    if (response.status === 401 && !new URL(request.url).pathname.startsWith("/v1/session")) dispatchEvent(new Event(SIGNED_OUT));
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Problem(0, "network", String(error));
  }
}

async function isCsrfFailure(response: Response): Promise<boolean> {
  const body: unknown = await response.clone().json().catch(() => null);
  return problemFrom(response.status, body).type === CSRF_FAILED;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What the server answered. Throws a `Problem` for everything that is not a 2xx. */
export async function ok<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemFrom(response.status, error);
  return data as T;
}
