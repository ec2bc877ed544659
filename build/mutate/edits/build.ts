import type { EditedRoom } from "../edit.ts";

/** Faults of `build`. */
export const build: EditedRoom = {
  tests: ["test/unit/build"],
  edits: [
    { file: "build/mutate/edit.ts", find: "if (at === -1 || text.includes(find, at + 1)) return null;", replace: "if (at === -1) return null;", promise: "a fault goes to one place and no other", kind: "other", tests: ["test/unit/build/mutate"] },
    { file: "build/mutate/score.ts", find: "return noticed >= total * demanded;", replace: "return noticed >= 0;", promise: "a score that is too low fails", kind: "told", tests: ["test/unit/build/mutate"] },
    { file: "build/mutate/scratch.ts", find: "        writeFileSync(file, before);\n", replace: "", promise: "a fault is taken out again", kind: "other", tests: ["test/unit/build/mutate"] },
    { file: "build/entries.ts", find: "if (entries[name] !== undefined) throw", replace: "if (entries[name] === \"\") throw", promise: "no worker takes another's place in what ships", kind: "lost", tests: ["test/unit/build/build.test.ts"] },
  ],
};
