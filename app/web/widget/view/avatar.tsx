import { Face } from "./face";
import { Icon } from "./icon";

interface Props {
  name: string | null;
  picture?: string | null | undefined;
  small?: boolean;
}

/** The assistant's sign, or a person's picture or initials. */
export function Avatar({ name, picture, small = false }: Props) {
  return (
    <span class={`avatar${name === null ? "" : " of-person"}${small ? " small-avatar" : ""}`} aria-hidden="true">
      {name === null ? <Icon name="spark" /> : initials(name)}
      {picture && <Face key={picture} picture={picture} />}
    </span>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => [...(part ?? "")][0] ?? "").join("").toUpperCase();
}
