import styles from "./initials.module.css";

interface Props {
  name: string;
  size?: "sm" | "md" | "lg";
}

/** A face without a picture. Drawn by the stylesheet: it says nothing that the name beside it does not. */
export function Initials({ name, size = "md" }: Props) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => word?.charAt(0) ?? "").join("") : name.slice(0, 2);
  return <span className={styles.initials} data-size={size} data-letters={letters.toUpperCase()} aria-hidden="true" />;
}
