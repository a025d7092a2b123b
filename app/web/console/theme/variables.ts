import {
  convertCssVariables,
  type ConvertCSSVariablesInput,
  deepMerge,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from "@mantine/core";
import type { Plugin } from "vite";
import { theme } from "./theme.ts";

const NAME = "virtual:theme.css";

/** What soft text, lines and surfaces are in each scheme; the rest follows from the theme. */
const OURS: ConvertCSSVariablesInput = {
  variables: {},
  light: {
    "--mantine-color-scheme": "light",
    "--mantine-color-body": "#ffffff",
    "--mantine-color-dimmed": "#5a645f",
    "--mantine-color-placeholder": "#69736e",
    "--mantine-color-error": "#b3241a",
    "--desk-focus": "#17614a",
    "--desk-soft": "#f5f6f3",
    "--desk-rail": "#123a2d",
    "--desk-line": "#e1e4df",
    "--desk-note": "#fdf4dc",
    "--desk-note-text": "#664700",
    "--desk-bad": "#fdecea",
    "--desk-bad-text": "#9c1f14",
    "--desk-mine": "#e3f1ea",
    "--desk-mine-text": "#0f4a38",
    "--desk-mark": "#ffe9a3",
    "--desk-mark-text": "#1f2420",
  },
  dark: {
    "--mantine-color-scheme": "dark",
    "--mantine-color-body": "#181e1b",
    "--mantine-color-text": "#e6ebe8",
    "--mantine-color-dimmed": "#a3aeaa",
    "--mantine-color-placeholder": "#97a39e",
    "--mantine-color-error": "#ff9d92",
    "--mantine-color-anchor": "#7fd3b1",
    "--mantine-color-baton-text": "#7fd3b1",
    "--mantine-color-baton-light-color": "#a5e4ca",
    "--mantine-primary-color-light-color": "#a5e4ca",
    "--desk-focus": "#7fd3b1",
    "--desk-soft": "#111614",
    "--desk-rail": "#0c1411",
    "--desk-line": "#2e3834",
    "--desk-note": "#352b10",
    "--desk-note-text": "#f3d48b",
    "--desk-bad": "#3f1f1c",
    "--desk-bad-text": "#ffb4a9",
    "--desk-mine": "#1c352b",
    "--desk-mine-text": "#a5e4ca",
    "--desk-mark": "#6a5713",
    "--desk-mark-text": "#fff6d8",
  },
};

const UNUSED = /^--mantine-color-(pink|grape|violet|indigo|blue|cyan|green|lime|orange|teal)-/;

function used(variables: ConvertCSSVariablesInput): ConvertCSSVariablesInput {
  const keep = (all: Record<string, string>) => Object.fromEntries(Object.entries(all).filter(([name]) => !UNUSED.test(name)));
  return { variables: keep(variables.variables), light: keep(variables.light), dark: keep(variables.dark) };
}

/** Mantine would put its variables into a `<style>` at run time; the build puts them into the stylesheet. */
export function themeStylesheet(): Plugin {
  return {
    name: "baton-theme",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => {
      if (id !== `\0${NAME}`) return undefined;
      const standard = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
      return convertCssVariables(used(deepMerge(standard, OURS)), ":root");
    },
  };
}
