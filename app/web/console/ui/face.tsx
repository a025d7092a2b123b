import { useState } from "react";
import styles from "./face.module.css";

interface Props {
  name: string;
  /** Where it is; initials stand in for one that is missing or does not load. */
  picture?: string | null | undefined;
  size?: "sm" | "md" | "lg" | "xl";
}

/** A person's picture or initials. It says nothing that the name beside it does not. */
export function Face({ name, picture, size = "md" }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  if (picture != null && picture !== broken) {
    return <img className={styles.face} data-size={size} src={picture} alt="" onError={() => setBroken(picture)} />;
  }
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => word?.charAt(0) ?? "").join("") : name.slice(0, 2);
  // Drawn by the stylesheet: letters that are read aloud or copied would be noise.
  return <span className={styles.face} data-size={size} data-letters={letters.toUpperCase()} aria-hidden="true" />;
}
