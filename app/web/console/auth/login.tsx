import { useState } from "preact/hooks";

interface Props {
  busy: boolean;
  problem: string | null;
  onToken: (token: string) => void;
}

export function Login({ busy, problem, onToken }: Props) {
  const [token, setToken] = useState("");
  return (
    <main class="login">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== "") onToken(token.trim());
        }}
      >
        <h1>Desk</h1>
        <label for="token">Your staff token</label>
        <input
          id="token"
          type="password"
          autocomplete="current-password"
          value={token}
          autofocus
          aria-describedby="token-help"
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <p id="token-help" class="soft">
          It was printed by <code>baton staff add</code>.
        </p>
        {problem !== null && (
          <p class="bad" role="alert">
            {problem}
          </p>
        )}
        <button class="primary" disabled={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </button>
      </form>
    </main>
  );
}
