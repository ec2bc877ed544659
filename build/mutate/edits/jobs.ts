import type { EditedRoom } from "../edit.ts";

const tests = (name: string) => [`test/unit/main/jobs/${name}.test.ts`];

/** Faults of `main/jobs`. */
export const jobs: EditedRoom = {
  tests: ["test/unit/main/jobs"],
  edits: [
    { file: "main/jobs/transforms.ts", find: "text.replaceAll(step.find, () => step.by)", replace: "text.replaceAll(step.find, step.by)", promise: "what is put in a text's place is taken as it is typed", kind: "other", tests: tests("transforms") },
    { file: "main/jobs/transforms.ts", find: "for (; taken.has(withoutCase(value)); number += 1) value =", replace: "if (taken.has(base)) value =", promise: "a number that another row has is not given again", kind: "other", tests: tests("transforms") },
    { file: "main/jobs/transforms.ts", find: "return typeof next === \"string\" ? withinLimit(next) : next;", replace: "return next;", promise: "steps do not multiply a text until the memory is full", kind: "other", tests: tests("transforms") },
    { file: "main/jobs/transforms.ts", find: "table.toReversed().map(", replace: "table.map(", promise: "the first of two entries of a table counts", kind: "other", tests: tests("transforms") },
    { file: "main/jobs/expression-language.ts", find: "const WITHOUT = [\"eval\", ", replace: "const WITHOUT = [", promise: "what stands in a cell is not run", kind: "leaked", tests: tests("expressions") },
    { file: "main/jobs/expression-language.ts", find: "\"random\", \"shuffle\"];", replace: "];", promise: "a row has the value that was looked at", kind: "told", tests: tests("expressions") },
    { file: "main/jobs/expression-limits.ts", find: "  watched.assign(EVALUATED, (_part: unknown, _input: unknown, _environment: unknown, result: unknown) => weigh(result));\n", replace: "", promise: "an expression does not end the process by a value that grows", kind: "lost", tests: tests("expressions") },
    { file: "main/jobs/expression-limits.ts", find: "    if (name !== ROOT) weigh(value);\n", replace: "", promise: "what one function hands to the next does not grow unseen", kind: "lost", tests: tests("expressions") },
    { file: "main/jobs/expressions.ts", find: "succeed([...before.value, STOPPED])", replace: "succeed(before.value)", promise: "a row that was stopped is named, and those behind it go on", kind: "told", tests: tests("expressions") },
    { file: "main/jobs/expressions.ts", find: "const before = await firstAnswers(rows.slice(0, at), signal);", replace: "const before = succeed(rows.slice(0, at).map(() => STOPPED));", promise: "rows before the one that was stopped keep their answers", kind: "lost", tests: tests("expressions") },
    { file: "main/jobs/expressions.ts", find: "new WorkerPool<ExpressionTask, readonly ExpressionAnswer[]>(2,", replace: "new WorkerPool<ExpressionTask, readonly ExpressionAnswer[]>(1,", promise: "an endless expression keeps no other one waiting", kind: "other", tests: tests("expressions") },
    { file: "main/jobs/mapping.ts", find: "return (Object.hasOwn(row, known) ? row[known] : undefined)", replace: "return row[known]", promise: "what is no column is told to be missing", kind: "told", tests: tests("mapping") },
    { file: "main/jobs/mapping.ts", find: "    if (Object.hasOwn(row, name)) known = name;\n    else if", replace: "    if", promise: "a column of that very name comes first", kind: "other", tests: tests("mapping") },
    { file: "main/jobs/mapping.ts", find: "inTurn(() => inPortions(rows, signal))", replace: "inPortions(rows, signal)", promise: "rows are numbered in the order of the source", kind: "other", tests: tests("mapping") },
    { file: "main/services/jobs/row-planner.ts", find: "asked.objects.called(row.key);", replace: "asked.objects.find(row.key);", promise: "a search that shows no more than the first fifty hides nobody", kind: "lost", tests: ["test/integration/jobs/complaints.test.ts"] },
    { file: "main/services/jobs/row-planner.ts", find: "others.length > 0 || found.value.more", replace: "others.length > 0", promise: "whoever is among what a search does not show is not made again", kind: "lost", tests: ["test/integration/jobs/complaints.test.ts"] },
    { file: "main/providers/office365/graph-objects.ts", find: "      path = nextPath(listed.value[\"@odata.nextLink\"]);", replace: "      path = null;", promise: "an empty page is not the last one", kind: "lost", tests: ["test/integration/jobs/complaints.test.ts"] },
    { file: "main/services/jobs/work.ts", find: "(row.request === null || finished.has(row.row))", replace: "true", promise: "nobody gets licences, and is called done, whose object is not", kind: "told", tests: ["test/integration/jobs/complaints.test.ts"] },
    { file: "main/services/jobs/work.ts", find: "this.#isSoAlready(row, user, fault)", replace: "Promise.resolve(changed)", promise: "licences that were given before a kill are not a failure after it", kind: "told", tests: ["test/integration/jobs/killed.test.ts"] },
    { file: "main/services/jobs/licensing-work.ts", find: "if (isAway && this.#isAway && first", replace: "if (!isAway && this.#isAway && first", promise: "while nobody answers the other rows stay as they are", kind: "told", tests: ["test/integration/jobs/complaints.test.ts"] },
    { file: "main/services/jobs/work.ts", find: "      if (row !== undefined) await this.#keepOutcome(row, entry);\n", replace: "", promise: "a row tells of its object as soon as that ends", kind: "told", tests: ["test/integration/jobs/killed.test.ts"] },
    { file: "main/services/jobs/first-passwords.ts", find: ".filter(({ place }) => !there.value.has(place))", replace: "", promise: "nobody is handed a password that is not theirs", kind: "told", tests: ["test/integration/jobs/killed.test.ts"] },
    { file: "main/services/jobs/runs.ts", find: "policy: this.#policyOf(begun.value), options }", replace: "policy: { kind: \"typed\" } as const, options }", promise: "passwords are generated where the job says so", kind: "other", tests: ["test/integration/jobs/killed.test.ts"] },
    { file: "main/services/jobs/runs.ts", find: "if (!(await this.#leadsWhereItDid(current.value))) return fail(CHANGED);\n", replace: "", promise: "a run is not gone on with in another directory than it was planned over", kind: "other", tests: ["test/integration/jobs/starters.test.ts"] },
    { file: "main/services/jobs/runs.ts", find: " || store.identityStores.get(provider.id)?.revision !== provider.revision", replace: "", promise: "a plan is not applied over another messaging provider than it was made with", kind: "other", tests: ["test/integration/jobs/own-provider.test.ts"] },
    { file: "main/services/jobs/jobs.ts", find: "provider === \"own\" ? foundation.store.identityStores.providerOf(storeId, id) : storeId;", replace: "provider === \"own\" || provider === \"destination\" ? storeId : id;", promise: "a job with a messaging provider of its own uses that", kind: "other", tests: ["test/integration/jobs/own-provider.test.ts"] },
    { file: "main/services/jobs/plans.ts", find: "issues.length === 0 ? row :", replace: "issues.length >= 0 ? row :", promise: "rows that ask for the same are found before the first is made", kind: "told", tests: ["test/integration/jobs/starters.test.ts"] },
  ],
};
