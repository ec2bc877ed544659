import type { EditedRoom } from "../edit.ts";

const main = (name: string) => [`test/unit/main/${name}.test.ts`];

/** Faults of the files right in `main`: feeds, workers, programs and the guard that everything runs under. */
export const base: EditedRoom = {
  tests: ["test/unit/main/feed.test.ts"],
  edits: [
    { file: "main/app.ts", find: "      await services.dispose();\n", replace: "", promise: "services end with the app", kind: "left-behind", tests: main("app") },
    { file: "main/app.ts", find: "      await store.close();\n", replace: "", promise: "the database is closed with the app", kind: "left-behind", tests: main("app") },
    { file: "main/app.ts", find: "if (ports.host !== \"command-line\") services.attend();", replace: "services.attend();", promise: "a command attends to what it was asked about, and to nothing else", kind: "other", tests: main("app") },
    { file: "main/feed.ts", find: "      this.#readers.delete(reader);\n", replace: "", promise: "a reader who has left is kept by nobody", kind: "left-behind", tests: main("feed") },
    { file: "main/feed.ts", find: "      signal.removeEventListener(\"abort\", stop);\n", replace: "", promise: "a reader who has left listens to nobody", kind: "left-behind", tests: main("feed") },
    { file: "main/feed.ts", find: "if (value === undefined) removed.push(key);", replace: "if (value === undefined) continue;", promise: "what has gone is told", kind: "told", tests: main("feed") },
    { file: "main/feed.ts", find: "for (const key of this.#entries.keys()) if (!next.has(key)) this.delete(key);", replace: "", promise: "what is no longer there goes", kind: "told", tests: main("feed") },
    { file: "main/guard.ts", find: "    } catch (error) {\n      this.report(error);\n    }", replace: "    } catch (error) {\n      throw error;\n    }", promise: "a callback that throws ends no process", kind: "lost", tests: main("guard") },
    { file: "main/guard.ts", find: "stack });", replace: "});", promise: "a callback that threw leaves its stack in the log", kind: "told", tests: main("guard") },
    { file: "main/gathering.ts", find: "this.#cancel ??= this.#clock.after(AGAIN_MS, () => this.now());\n      throw error;", replace: "throw error;", promise: "work that failed is done again", kind: "told", tests: main("guard") },
    { file: "main/programs.ts", find: "if (!path.isAbsolute(file)) throw new Error(`${file} is not an absolute path`);\n  return attemptStart", replace: "return attemptStart", promise: "a program is started by its absolute path alone", kind: "leaked", tests: main("programs") },
    { file: "main/programs.ts", find: ".filter((folder) => paths.isAbsolute(folder))", replace: "", promise: "no program is taken from the working folder", kind: "leaked", tests: main("programs") },
    { file: "main/workers.ts", find: "    else this.#ending = this.#discard(worker);\n", replace: "", promise: "a thread that takes too long is ended", kind: "left-behind", tests: main("workers") },
    { file: "main/workers.ts", find: "        await this.#ending;\n", replace: "", promise: "a question waits for the thread before it to end", kind: "other", tests: main("workers") },
    { file: "main/workers.ts", find: "signal?.removeEventListener(\"abort\", onAbort);\n        resolve(answer);", replace: "resolve(answer);", promise: "a question that has ended listens to nobody", kind: "left-behind", tests: main("workers") },
    { file: "main/workers.ts", find: "if (outcome.kind === \"answered\") worker.unref();", replace: "if (outcome.kind === \"answered\") worker.ref();", promise: "an idle thread keeps no process from ending", kind: "left-behind", tests: main("workers") },
    { file: "main/workers.ts", find: "stdin: false, env: {} }", replace: "stdin: false }", promise: "a thread for what nobody vouches for has no environment", kind: "leaked", tests: main("workers") },
    { file: "main/workers.ts", find: "    await worker?.terminate();\n", replace: "", promise: "a line that is disposed of ends its thread", kind: "left-behind", tests: main("workers") },
  ],
};
