import { existsSync, readdirSync } from "node:fs";
import type { UserConfig } from "vite";
import { defineConfig } from "vitest/config";
import { themeStylesheet } from "./console/theme/variables.ts";

const target = "es2022";
/** The first browsers with `light-dark()`. */
const cssTarget = ["chrome123", "firefox120", "safari17.5"];

const LANGUAGES = ["en", "es", "pt-BR"];

/** The hashed names of the widget's app and of its words, which the loader must know: build `app` before `loader`. */
function widgetFiles(): Record<string, string> {
  const folder = "dist/widget";
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const named = (start: string) => {
    const name = files.find((file) => file.startsWith(start));
    if (name === undefined) throw new Error(`dist/widget/${start}*.js is missing: run \`vite build --mode app\` first`);
    return `widget/${name}`;
  };
  return { app: named("app-"), earlier: named("earlier-"), ...Object.fromEntries(LANGUAGES.map((language) => [language, named(`words-${language}-`)])) };
}

const modes: Record<string, () => UserConfig> = {
  app: () => ({
    build: {
      target,
      cssTarget,
      emptyOutDir: true,
      modulePreload: false,
      rollupOptions: {
        input: {
          app: "widget/app.tsx",
          earlier: "widget/later/earlier.ts",
          ...Object.fromEntries(LANGUAGES.map((language) => [`words-${language}`, `widget/words/${language}.ts`])),
        },
        preserveEntrySignatures: "strict",
        output: { format: "es", entryFileNames: "widget/[name]-[hash].js", chunkFileNames: "widget/part-[hash].js" },
      },
    },
  }),
  loader: () => ({
    define: { __WIDGET_FILES__: JSON.stringify(widgetFiles()) },
    build: {
      target,
      cssTarget,
      emptyOutDir: false,
      rollupOptions: { input: "widget/loader.ts", output: { format: "iife", entryFileNames: "widget.js" } },
    },
  }),
  desk: () => ({
    // The page is served at /desk, its assets under /static/.
    base: "/static/",
    plugins: [themeStylesheet()],
    build: {
      target,
      cssTarget,
      emptyOutDir: false,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: "desk.html",
        // Components that say "use client" mean servers that render; we have none.
        onLog: (level, log, report) => log.code === "MODULE_LEVEL_DIRECTIVE" || report(level, log),
      },
    },
  }),
  help: () => ({
    build: {
      target,
      cssTarget,
      emptyOutDir: false,
      // A stylesheet of its own: pages are styled before, and without, the script.
      cssCodeSplit: false,
      rollupOptions: {
        input: "help/help.ts",
        output: { format: "iife", entryFileNames: "help.js", assetFileNames: "help.[ext]" },
      },
    },
  }),
};

export default defineConfig(({ mode }) => ({
  ...modes[mode]?.(),
  test: { include: ["tests/**/*.test.ts"] },
}));
