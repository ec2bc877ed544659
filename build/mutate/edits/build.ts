import type { EditedRoom } from "../edit.ts";

/** Faults of `build`. */
export const build: EditedRoom = {
  tests: ["test/unit/build"],
  edits: [
    { file: "build/mutate/edit.ts", find: "if (at === -1 || text.includes(find, at + 1)) return null;", replace: "if (at === -1) return null;", promise: "a fault goes to one place and no other", kind: "other", tests: ["test/unit/build/mutate"] },
    { file: "build/mutate/score.ts", find: "return noticed >= total * demanded;", replace: "return noticed >= 0;", promise: "a score that is too low fails", kind: "told", tests: ["test/unit/build/mutate"] },
    { file: "build/mutate/scratch.ts", find: "        writeFileSync(file, before);\n", replace: "", promise: "a fault is taken out again", kind: "other", tests: ["test/unit/build/mutate"] },
    { file: "build/entries.ts", find: "if (entries[name] !== undefined) throw", replace: "if (entries[name] === \"\") throw", promise: "no worker takes another's place in what ships", kind: "lost", tests: ["test/unit/build/build.test.ts"] },
    { file: "build/lock.ts", find: "  } finally {\n    await rm(file, { force: true });\n  }", replace: "  } finally {\n    void file;\n  }", promise: "a lock is given back", kind: "left-behind", tests: ["test/unit/build/lock.test.ts"] },
    { file: "build/lock.ts", find: "if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });", replace: "if (holder < 0) await rm(file, { force: true });", promise: "a lock of a process that died holds nobody up", kind: "left-behind", tests: ["test/unit/build/lock.test.ts"] },
    { file: "build/lock.ts", find: "holder > 0 && !isAlive(holder)", replace: "holder > 0", promise: "a lock of a process that lives is not taken from it", kind: "other", tests: ["test/unit/build/lock.test.ts"] },
    { file: "build/powershell-tool.ts", find: "existsSync(path.join(folder, \"whole\")) && ", replace: "", promise: "half an installation is not used", kind: "other", tests: ["test/unit/build/powershell-tool.test.ts"] },
    { file: "build/fingerprint.mjs", find: "return readFileSync(stamp, \"utf8\") !== fingerprint(root);", replace: "return false;", promise: "what was built before a source changed is not started", kind: "other", tests: ["test/unit/build/build.test.ts"] },
    { file: "build/fingerprint.mjs", find: "hash.update(path.relative(root, file).split(path.sep).join(\"/\")).update", replace: "hash.update", promise: "a source that was renamed is built anew", kind: "other", tests: ["test/unit/build/build.test.ts"] },
    { file: "build/first-view.ts", find: "    ...[...packages].filter((name) => !mayStand(name)).map((name) => `${name} stands in the page's first files: load it with what needs it (renderer/ui/later.ts)`),\n", replace: "", promise: "a package that slips into the page's first files is told of", kind: "told", tests: ["test/unit/build/first-view.test.ts"] },
    { file: "build/first-view.ts", find: "sum + Buffer.byteLength(code)", replace: "sum + code.length", promise: "what a person waits for is counted in bytes", kind: "told", tests: ["test/unit/build/first-view.test.ts"] },
  ],
};
