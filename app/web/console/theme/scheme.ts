import { localStorageColorSchemeManager } from "@mantine/core";

/** Light, dark, or as the system has it; kept in this browser. */
export const schemeManager = localStorageColorSchemeManager({ key: "baton.theme" });
