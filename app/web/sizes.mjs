// Prints what a visitor has to download and fails the build when it grew over its budget.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGETS = [
  { name: "widget loader", files: ["widget.js"], limit: 5_000 },
  { name: "widget in all", files: ["widget.js", ...list("widget")], limit: 30_000 },
  { name: "help centre", files: ["help.css", "help.js"], limit: 12_000 },
  { name: "desk", files: list("assets"), limit: 320_000 },
];

function list(folder) {
  return readdirSync(join("dist", folder)).map((file) => join(folder, file));
}

let over = false;
for (const { name, files, limit } of BUDGETS) {
  const raw = files.map((file) => readFileSync(join("dist", file)));
  const gzipped = raw.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
  const plain = raw.reduce((sum, bytes) => sum + bytes.length, 0);
  const tooBig = gzipped > limit;
  over ||= tooBig;
  console.log(`${name.padEnd(14)} ${kb(gzipped)} gzipped of ${kb(limit)} (${kb(plain)} plain)${tooBig ? "  TOO BIG" : ""}`);
}
process.exit(over ? 1 : 0);

function kb(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(8);
}
