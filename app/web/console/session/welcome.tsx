import { Alert, Button, EmptyState, Loader, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import { Front } from "./front";
import { setPassword } from "./session";

const AT_LEAST = 12;

/** Where a one-time link leads: its token stands behind the `#`, so that no server log has it. */
export function Welcome() {
  const [token] = useState(() => location.hash.slice(1));
  const link = useQuery({
    queryKey: ["link", token],
    queryFn: () => ok(api.POST("/v1/session/link", { body: { token } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Front>
      <Paper withBorder p="xl" radius="lg">
        {link.isPending ? (
          <Loader aria-label={words.loading} />
        ) : link.data === undefined ? (
          <EmptyState title={words.welcome.spent} description={words.welcome.spentWhat}>
            <EmptyState.Actions>
              <Button renderRoot={(props) => <Link to="/login" {...props} />}>{words.welcome.toLogin}</Button>
            </EmptyState.Actions>
          </EmptyState>
        ) : (
          <PasswordForm token={token} email={link.data.email} called={link.data.name} />
        )}
      </Paper>
    </Front>
  );
}

function PasswordForm({ token, email, called }: { token: string; email: string; called: string }) {
  const navigate = useNavigate();
  const [name, setName] = useState(called);
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [checked, setChecked] = useState(false);
  const save = useMutation({
    mutationFn: () => setPassword(token, first, name.trim()),
    onSuccess: () => navigate({ to: "/", replace: true }),
  });
  useEffect(() => {
    document.title = words.desk;
  }, []);
  const short = first.length < AT_LEAST;
  const differs = first !== second;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!short && !differs && !save.isPending) save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <div>
          <Title order={1} size="h3">
            {words.welcome.title(called)}
          </Title>
          <Text c="dimmed">{words.welcome.lead(email)}</Text>
        </div>
        {save.error !== null && <Alert color="red" variant="light">{inWords(save.error)}</Alert>}
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <TextInput label={words.welcome.name} autoComplete="name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <PasswordInput
          label={words.welcome.password}
          description={words.welcome.hint}
          autoComplete="new-password"
          autoFocus
          value={first}
          error={checked && short ? words.welcome.short : undefined}
          onChange={(event) => setFirst(event.currentTarget.value)}
        />
        <PasswordInput
          label={words.welcome.repeat}
          autoComplete="new-password"
          value={second}
          error={checked && !short && differs ? words.welcome.differs : undefined}
          onChange={(event) => setSecond(event.currentTarget.value)}
        />
        <Button type="submit" loading={save.isPending} fullWidth>
          {words.welcome.submit}
        </Button>
      </Stack>
    </form>
  );
}
