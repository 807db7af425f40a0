// Bundles what a browser runs: `node build.mjs` writes app/web/bundle. Every file bears the hash of its content in its
// name, and the manifest, written last, says which is which.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const BUNDLE = join(HERE, "../app/web/bundle");
const PAGE = "src/graphiql.jsx";
const WORKERS = {
  editor: "monaco-editor/esm/vs/editor/editor.worker.js",
  graphql: "monaco-graphql/esm/graphql.worker.js",
  json: "monaco-editor/esm/vs/language/json/json.worker.js",
};
const SHARED = {
  absWorkingDir: HERE,
  bundle: true,
  minify: true,
  metafile: true,
  outdir: BUNDLE,
  entryNames: "[name]-[hash]",
  target: "es2022",
  legalComments: "none", // the licenses are written whole, see below
  logLevel: "warning",
};

async function bundle() {
  await rm(BUNDLE, { recursive: true, force: true });
  await mkdir(BUNDLE);
  const workers = await build({ ...SHARED, entryPoints: WORKERS, format: "iife" });
  const names = named(workers, WORKERS);
  const page = await build({
    ...SHARED,
    entryPoints: { graphiql: PAGE },
    format: "esm",
    splitting: true,
    jsx: "automatic",
    loader: { ".graphql": "text", ".ttf": "file" },
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    define: { "process.env.NODE_ENV": '"production"', WORKERS: JSON.stringify(names) },
  });
  const manifest = loaded(page);
  await tidy(manifest.style);
  await writeFile(join(BUNDLE, "LICENSES.txt"), await licenses([workers, page]));
  await writeFile(join(BUNDLE, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
}

// The file that each worker became, by the worker's name.
function named({ metafile }, entries) {
  const sources = Object.entries(entries);
  const made = Object.entries(metafile.outputs).map(([file, { entryPoint }]) => {
    const [name] = sources.find(([, source]) => entryPoint.endsWith(source));
    return [name, basename(file)];
  });
  return Object.fromEntries(made);
}

// The script and the style sheet that the page loads.
function loaded({ metafile }) {
  const [script, { cssBundle }] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === PAGE);
  return { script: basename(script), style: basename(cssBundle) };
}

// Away with the style sheets that esbuild makes for each chunk: the page's own holds them all.
async function tidy(style) {
  const others = (await readdir(BUNDLE)).filter((name) => name.endsWith(".css") && name !== style);
  await Promise.all(others.map((name) => rm(join(BUNDLE, name))));
}

// The license of every package of which something is in the bundle.
async function licenses(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.map((file) => /.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
  return (await Promise.all([...folders].sort().map(license))).join("\n");
}

async function license(folder) {
  const about = JSON.parse(await readFile(join(HERE, folder, "package.json"), "utf8"));
  const files = (await readdir(join(HERE, folder))).filter((name) => /^(licen[sc]e|notice|thirdparty)/i.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(HERE, folder, name), "utf8")));
  return [`=== ${about.name} ${about.version} (${about.license})`, ...texts].join("\n\n") + "\n";
}

await bundle();
