import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The green of the help centre; each step is AA on its usual background. */
const baton: MantineColorsTuple = [
  "#eef7f2",
  "#dcefe5",
  "#b6ddc9",
  "#8dcaab",
  "#69b992",
  "#4aa27b",
  "#2c8060",
  "#17614a",
  "#0f4a38",
  "#0a3527",
];

/** Greys with a little of the green in them, so that dark is not black and light is not blue. */
const dark: MantineColorsTuple = [
  "#eceff0",
  "#c9d1ce",
  "#a3aeaa",
  "#7c8884",
  "#46514d",
  "#333d39",
  "#262e2b",
  "#1b211f",
  "#141917",
  "#0e1211",
];

/** Shared by the page and by the build, which writes its variables into a stylesheet: the page then needs no `<style>`. */
export const theme = createTheme({
  primaryColor: "baton",
  primaryShade: { light: 7, dark: 6 },
  colors: { baton, dark },
  white: "#ffffff",
  black: "#1c2320",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  defaultRadius: "md",
  respectReducedMotion: true,
  cursorType: "pointer",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  headings: { fontWeight: "650" },
  components: {
    // The page itself never scrolls; the lock would add a <style>, which the policy refuses.
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: "lg", styles: { title: { fontWeight: 650, fontSize: 17, lineHeight: 1.3 } }, transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 400, fz: "xs" } },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
    // What is taller than the room below it scrolls.
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 80 }, middlewares: { flip: true, shift: true, size: true }, styles: { dropdown: { overflowY: "auto" } } } },
  },
});
