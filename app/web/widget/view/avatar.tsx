import { Icon } from "./icon";

/** The assistant's sign, or a person's initials. */
export function Avatar({ name, small = false }: { name: string | null; small?: boolean }) {
  return (
    <span class={`avatar${name === null ? "" : " of-person"}${small ? " small-avatar" : ""}`} aria-hidden="true">
      {name === null ? <Icon name="spark" /> : initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => [...(part ?? "")][0] ?? "").join("").toUpperCase();
}
