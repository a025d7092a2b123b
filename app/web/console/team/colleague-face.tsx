import { useQuery } from "@tanstack/react-query";
import { staffQuery } from "../inbox/queue";
import { Face } from "../ui/face";

interface Props {
  who: { id: number; name: string };
  size?: "sm" | "md";
}

/** Somebody who works here, by the number of their account. */
export function ColleagueFace({ who, size = "md" }: Props) {
  const { data: picture } = useQuery({ ...staffQuery, select: (staff) => staff.find((one) => one.id === who.id)?.picture });
  return <Face name={who.name} picture={picture} size={size} />;
}
