import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, ok, rememberCsrf } from "../api/client";
import { queryClient } from "../api/query";
import type { Me, Session } from "../api/types";
import { forget } from "../ui/kept";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async () => accept(await ok(api.GET("/v1/session"))),
  staleTime: 60_000,
});

function accept(session: Session): Session {
  rememberCsrf(session.csrf);
  return session;
}

/** Who is signed in. Only for what is shown to them. */
export function useMe(): Me {
  const me = useQuery(sessionQuery).data?.me;
  if (me == null) throw new Error("nobody is signed in");
  return me;
}

export async function signIn(email: string, password: string): Promise<void> {
  enter(await ok(api.POST("/v1/session", { body: { email, password } })));
}

export async function setPassword(token: string, password: string, name: string): Promise<void> {
  const body = { token, password, ...(name === "" ? {} : { name }) };
  enter(await ok(api.POST("/v1/session/password", { body })));
}

function enter(session: Session): void {
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, accept(session));
}

/** Leaves nothing of this person in the page or the browser: no cache, no draft. */
export async function signOut(): Promise<void> {
  await ok(api.DELETE("/v1/session"));
  forget("draft.");
  rememberCsrf("");
  // Whatever is still on its way belongs to somebody who is gone: begin anew.
  location.assign("/desk/login");
}

/** Asks the server again: after a stream was refused, and when a request says that nobody is signed in. */
export async function checkSession(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
}
