import { useEffect, useState } from "preact/hooks";
import type { StaffMember } from "../shared/api/desk";
import { Problem } from "../shared/api/problem";
import { StaffApi } from "../shared/api/staff";
import { Login } from "./auth/login";
import { forgetToken, knownToken, keepToken } from "./auth/token";
import { Desk } from "./desk/desk";

interface Signed {
  api: StaffApi;
  me: StaffMember;
}

/** The console: signed out, or at the desk. The editor and the reports will be further rooms. */
export function App() {
  const [signed, setSigned] = useState<Signed | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [checking, setChecking] = useState(knownToken() !== null);

  const signIn = async (token: string) => {
    setChecking(true);
    setProblem(null);
    const api = new StaffApi(location.origin, token);
    try {
      const me = await api.me();
      keepToken(token);
      setSigned({ api, me });
    } catch (error) {
      const refused = error instanceof Problem && !error.passing;
      if (refused) forgetToken();
      setProblem(refused ? "This token is not valid." : "The server cannot be reached. Please try again.");
    }
    setChecking(false);
  };
  const signOut = (why: string | null) => {
    forgetToken();
    setSigned(null);
    setProblem(why);
  };
  useEffect(() => {
    const token = knownToken();
    if (token !== null) void signIn(token);
  }, []);

  if (signed !== null) {
    return <Desk api={signed.api} me={signed.me} onSignOut={() => signOut(null)} onRejected={() => signOut("Please sign in again.")} />;
  }
  return <Login busy={checking} problem={problem} onToken={(token) => void signIn(token)} />;
}
