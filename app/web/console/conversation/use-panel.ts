import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { keep, kept } from "../ui/kept";
import type { PanelTab } from "./panel";

/** Where there is room the panel stands beside the talk; else it lies over it and is closed at first. */
export function usePanel() {
  const roomy = useMediaQuery("(min-width: 1180px)", matchMedia("(min-width: 1180px)").matches) ?? true;
  const [tab, setTab] = useState<PanelTab>("brief");
  const [beside, setBeside] = useState(() => kept("panel") !== "closed");
  const [over, setOver] = useState(false);
  const open = roomy ? beside : over;
  const set = (next: boolean) => {
    if (!roomy) return setOver(next);
    setBeside(next);
    keep("panel", next ? "" : "closed");
  };
  return {
    open,
    tab,
    toggle: () => set(!open),
    show: (next: PanelTab) => {
      setTab(next);
      set(true);
    },
  };
}
