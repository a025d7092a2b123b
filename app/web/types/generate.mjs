// Writes console/api/schema.d.ts from the app's own OpenAPI document. Not committed: it can then never be out of date.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));
const installed = `${here}node_modules/.package-lock.json`;
const run = (command, args, cwd) => execFileSync(command, args, { cwd, encoding: "utf8", maxBuffer: 64 << 20 });

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(`${here}package-lock.json`).mtimeMs) {
  run("npm", ["ci", "--silent", "--no-audit", "--no-fund"], here);
}
const python = existsSync(`${root}.venv/bin/python`) ? `${root}.venv/bin/python` : "python";
const script = "import json; from app.main import create_app; from app.settings import Settings; print(json.dumps(create_app(Settings()).openapi()))";
const document = run(python, ["-c", script], root);

const { default: openapi, astToString } = await import("openapi-typescript");
mkdirSync(`${here}../console/api`, { recursive: true });
writeFileSync(`${here}../console/api/schema.d.ts`, astToString(await openapi(JSON.parse(document), { defaultNonNullable: false })));
