/** What the boundary table allows and nobody does: a permission that says nothing about the house. */
import { packageOf, roomOf, type Room } from "./boundaries.ts";
import { importsOf, targetOf, type Sources } from "./sources.ts";

/** Rows that hold no file, and their imports and packages that no file has. A list that rows share counts for all of them. */
export function unusedEntries(table: readonly Room[], sources: Sources): readonly string[] {
  const files = new Set<readonly string[]>();
  const targets = new Map<readonly string[], Set<string>>();
  const note = (list: readonly string[], name: string) => targets.set(list, (targets.get(list) ?? new Set()).add(name));
  for (const [file, text] of sources) {
    const room = roomOf(file, table);
    if (room === null) continue;
    files.add(room.packages);
    for (const { specifier } of importsOf(text)) {
      const target = targetOf(file, specifier);
      if (target === null) note(room.packages, packageOf(specifier));
      else note(room.imports, target);
    }
  }
  const leadsTo = (list: readonly string[], folder: string) => [...(targets.get(list) ?? [])].some((target) => target === folder || target.startsWith(`${folder}/`));
  return table.flatMap(({ folder, imports, packages }) => [
    ...(files.has(packages) ? [] : [`${folder} holds nothing`]),
    ...imports.filter((each) => !leadsTo(imports, each)).map((each) => `${folder} imports nothing from ${each}`),
    ...packages.filter((each) => each !== "*" && targets.get(packages)?.has(each) !== true).map((each) => `${folder} does not use ${each}`),
  ]);
}
