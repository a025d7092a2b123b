// Compresses the build, prints what a visitor has to download and fails the build when it grew over its budget.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

pack();

const BUDGETS = [
  { name: "widget loader", files: ["widget.js"], limit: 5_000 },
  // What a first conversation needs: the loader, the app and one language. The largest counts.
  { name: "widget in all", files: ["widget.js", ...list("widget", (file) => file.startsWith("app-") || file.startsWith("part-")), largestWords()], limit: 30_000 },
  { name: "asked for later", files: list("widget", (file) => file.startsWith("earlier-")), limit: 2_000 },
  { name: "help centre", files: ["help.css", "help.js"], limit: 12_000 },
  { name: "desk", files: list("assets", (file) => !file.startsWith("content-")), limit: 320_000 },
  // The editors' room, asked for when it is first opened.
  { name: "desk: content", files: list("assets", (file) => file.startsWith("content-")), limit: 75_000 },
];

function pack() {
  for (const file of readdirSync("dist", { recursive: true })) {
    if (!/\.(js|css)$/.test(file)) continue;
    writeFileSync(join("dist", `${file}.gz`), gzipSync(readFileSync(join("dist", file)), { level: 9 }));
  }
}

function list(folder, wanted = () => true) {
  return readdirSync(join("dist", folder)).filter((file) => !file.endsWith(".gz") && wanted(file)).map((file) => join(folder, file));
}

function largestWords() {
  const size = (file) => statSync(join("dist", `${file}.gz`)).size;
  return list("widget", (file) => file.startsWith("words-")).sort((a, b) => size(b) - size(a))[0];
}

let over = false;
for (const { name, files, limit } of BUDGETS) {
  const raw = files.map((file) => readFileSync(join("dist", file)));
  const gzipped = files.reduce((sum, file) => sum + statSync(join("dist", `${file}.gz`)).size, 0);
  const plain = raw.reduce((sum, bytes) => sum + bytes.length, 0);
  const tooBig = gzipped > limit;
  over ||= tooBig;
  console.log(`${name.padEnd(14)} ${kb(gzipped)} gzipped of ${kb(limit)} (${kb(plain)} plain)${tooBig ? "  TOO BIG" : ""}`);
}
process.exit(over ? 1 : 0);

function kb(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(8);
}
