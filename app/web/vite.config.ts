import { existsSync, readdirSync } from "node:fs";
import type { UserConfig } from "vite";
import { defineConfig } from "vitest/config";
import { themeStylesheet } from "./console/theme/variables.ts";

const target = "es2022";

/** The hashed name of the widget's app, which the loader must know: build `app` before `loader`. */
function widgetApp(): string {
  const folder = "dist/widget";
  const name = existsSync(folder) ? readdirSync(folder).find((file) => /^app-.*\.js$/.test(file)) : undefined;
  if (name === undefined) throw new Error("dist/widget/app-*.js is missing: run `vite build --mode app` first");
  return `widget/${name}`;
}

const modes: Record<string, () => UserConfig> = {
  app: () => ({
    build: {
      target,
      emptyOutDir: true,
      modulePreload: false,
      rollupOptions: {
        input: "widget/app.tsx",
        preserveEntrySignatures: "strict",
        output: { format: "es", entryFileNames: "widget/app-[hash].js", chunkFileNames: "widget/part-[hash].js" },
      },
    },
  }),
  loader: () => ({
    define: { __WIDGET_APP__: JSON.stringify(widgetApp()) },
    build: {
      target,
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
