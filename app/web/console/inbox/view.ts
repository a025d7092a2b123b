export const VIEWS = ["queues", "mine", "all", "resolved", "snoozed"] as const;
export type View = (typeof VIEWS)[number];

export function isView(text: string): text is View {
  return (VIEWS as readonly string[]).includes(text);
}
