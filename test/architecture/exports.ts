/** What is exported and used by nobody. */
import { importsOf, targetOf, type Sources } from "./sources.ts";

const EXPORT = /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;
const isProduct = (file: string) => /^(?:main|preload|renderer|shared)\//.test(file);

/** Names that files of the product or the build import, by the file they come from. */
function usedNames(sources: Sources): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  for (const [file, text] of sources) {
    if (file.startsWith("test/")) continue;
    for (const { specifier, names } of importsOf(text)) {
      const target = targetOf(file, specifier);
      if (target === null) continue;
      const known = used.get(target) ?? new Set();
      for (const name of names) known.add(name);
      used.set(target, known);
    }
  }
  return used;
}

/** A use in a comment is none. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
}

/** Exports of the product that the product uses nowhere, not even in their own file, each as `file: name`. */
export function unusedExports(sources: Sources): readonly string[] {
  const used = usedNames(sources);
  return [...sources].filter(([file]) => isProduct(file)).flatMap(([file, text]) => {
    const code = withoutComments(text);
    const isUsed = (name: string) => used.get(file)?.has(name) === true || used.get(file)?.has("*") === true || [...code.matchAll(new RegExp(`\\b${name}\\b`, "g"))].length > 1;
    return [...code.matchAll(EXPORT)].flatMap(([, name = ""]) => (isUsed(name) ? [] : [`${file}: ${name}`]));
  });
}
