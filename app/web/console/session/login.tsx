import { Alert, Button, Divider, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import { Front } from "./front";
import { sessionQuery, signIn } from "./session";

export function Login() {
  const session = useQuery(sessionQuery).data;
  const { problem, next } = useSearch({ from: "/login" });
  const navigate = useNavigate();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const login = useMutation({ mutationFn: () => signIn(email.trim(), password), onError: () => box.current?.select() });
  useEffect(() => {
    document.title = words.login.title;
  }, []);
  useEffect(() => {
    if (!session?.signed_in) return;
    if (next === undefined) void navigate({ to: "/", replace: true });
    else location.replace(next);
  }, [session?.signed_in, next, navigate]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() !== "" && password !== "" && !login.isPending) login.mutate();
  };
  const said = login.error === null ? problem : inWords(login.error);
  return (
    <Front>
      <Paper component="form" onSubmit={submit} withBorder p="xl" radius="lg">
        <Stack gap="md">
          <Title order={1} size="h3">
            {words.login.title}
          </Title>
          {said !== undefined && <Alert color="red" variant="light">{said}</Alert>}
          <TextInput
            label={words.login.email}
            type="email"
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            ref={box}
            label={words.login.password}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={login.isPending} fullWidth>
            {words.login.submit}
          </Button>
          {session?.oidc === true && (
            <>
              <Divider label={words.login.or} />
              <Button component="a" href="/v1/session/oidc" variant="default" fullWidth>
                {words.login.oidc}
              </Button>
            </>
          )}
          <Text size="sm" c="dimmed">
            {words.login.forgot}
          </Text>
        </Stack>
      </Paper>
    </Front>
  );
}
