import { Alert, Button, FileButton, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { Problem } from "../api/problem";
import { staffQuery } from "../inbox/queue";
import { Face } from "../ui/face";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import { checkSession, useMe } from "./session";

const MAX_BYTES = 5_000_000;

export function PictureDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.picture.title} closeButtonProps={{ "aria-label": words.close }}>
      <PictureForm />
    </Modal>
  );
}

/** One's own picture: what it is now, another one, or none. */
function PictureForm() {
  const me = useMe();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (file: File | null) => (file === null ? remove() : put(file)),
    onSettled: async () => {
      await checkSession();
      await client.invalidateQueries({ queryKey: staffQuery.queryKey });
    },
  });
  const has = me.picture !== null;
  const said = change.isSuccess ? (has ? words.picture.done : words.picture.removed) : "";
  return (
    <Stack gap="md">
      <Group gap="lg" wrap="nowrap">
        <Face name={me.name} picture={me.picture} size="xl" />
        <Text size="sm">{words.picture.what}</Text>
      </Group>
      {change.error !== null && <Alert color="red" variant="light" role="alert">{refusal(change.error)}</Alert>}
      <Text size="sm" c="dimmed" role="status">
        {said === "" ? words.picture.hint : said}
      </Text>
      <Group justify="flex-end">
        {has && (
          <Button variant="default" disabled={change.isPending} onClick={() => change.mutate(null)}>
            {words.picture.remove}
          </Button>
        )}
        <FileButton accept="image/png,image/jpeg,image/webp" inputProps={{ "aria-label": words.picture.choose }} onChange={(file) => file !== null && change.mutate(file)}>
          {(props) => (
            <Button data-autofocus loading={change.isPending} {...props}>
              {has ? words.picture.another : words.picture.choose}
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
}

async function put(file: File): Promise<unknown> {
  // A server that refuses a long body closes the line before the answer can be read.
  if (file.size > MAX_BYTES) throw new Problem(413, "about:blank", words.picture.tooLarge);
  return ok(api.PUT("/v1/me/picture", { body: file as unknown as string, bodySerializer: (body) => body, headers: { "Content-Type": file.type || "application/octet-stream" } }));
}

function remove(): Promise<unknown> {
  return ok(api.DELETE("/v1/me/picture"));
}

function refusal(error: Error): string {
  return error instanceof Problem && error.status === 413 ? words.picture.tooLarge : inWords(error);
}
