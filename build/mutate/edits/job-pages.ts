import type { Edit } from "../edit.ts";

const tests = (name: string) => [`test/unit/renderer/features/jobs/${name}`];
const editor = tests("editor.test.tsx");
const parts = tests("editor-parts.test.tsx");
const preview = tests("preview.test.tsx");
const list = tests("jobs-page.test.tsx");

/** Faults of the pages of jobs, which are a part of `renderer`. */
export const jobPages: readonly Edit[] = [
  { file: "renderer/features/jobs/drafts.ts", find: "settings: same(now.settings, settings) ? saved : now.settings,", replace: "settings: saved,", promise: "what is typed while a job is saved is not lost", kind: "lost", tests: editor },
  { file: "renderer/features/jobs/drafts.ts", find: "  if (before !== null && isDirty(before)) return;\n", replace: "", promise: "what was typed of a job is still there when its page is opened again", kind: "lost", tests: editor },
  { file: "renderer/features/jobs/drafts.ts", find: "return { ...theirs, ...mine };", replace: "return { ...theirs, ...(mine.name === undefined ? mine : {}) };", promise: "what was typed stands beside what others saved meanwhile", kind: "lost", tests: editor },
  { file: "renderer/features/jobs/drafts.ts", find: "seen: theirs, settings: merged(now, theirs)", replace: "seen: theirs, settings: now.settings", promise: "what others saved of a job is not taken back by a later save", kind: "lost", tests: editor },
  { file: "renderer/features/jobs/drafts.ts", find: "client().jobs.save({ storeId, job, settings, seen })", replace: "client().jobs.save({ storeId, job, settings, seen: settings })", promise: "a save names what was seen", kind: "lost", tests: editor },
  { file: "renderer/features/jobs/drafts.ts", find: "    issues.length > 0\n      ? fail(", replace: "    issues.length > 9\n      ? fail(", promise: "settings that are none are not sent", kind: "other", tests: editor },
  { file: "renderer/features/jobs/drafts.ts", find: "holdWindow(() => [...jobDrafts.getState().drafts.values()].some(isDirty));", replace: "holdWindow(() => [...jobDrafts.getState().drafts.keys()].includes(\"\"));", promise: "closing the window asks while a job is typed and not saved", kind: "lost", tests: editor },
  { file: "renderer/stores/navigation.ts", find: " || holders.some((isHeld) => isHeld())) event", replace: ") event", promise: "closing the window asks about what is kept with it", kind: "lost", tests: ["test/unit/renderer/stores/navigation.test.ts"] },
  { file: "renderer/features/jobs/mapping-results.tsx", find: "JSON.stringify([mapping, rows])", replace: "JSON.stringify([mapping.length, rows])", promise: "what the first rows become is of the mapping that stands there", kind: "told", tests: parts },
  { file: "renderer/features/jobs/ask-again.ts", find: "    if (signal.aborted) return;\n", replace: "", promise: "an older list of jobs does not replace a newer one", kind: "told", tests: list },
  { file: "renderer/features/jobs/job-editor.tsx", find: "useLeaveGuard(dirty || job === null,", replace: "useLeaveGuard(dirty && job === null,", promise: "leaving a job that is typed and not saved asks", kind: "lost", tests: editor },
  { file: "renderer/features/jobs/source-part.tsx", find: "const entry = listWork({ kind: \"job-source\", subject: sourceText(source), route: navigation.getState().route }, () => mine.abort());", replace: "const entry = listWork({ kind: \"job-source\", subject: sourceText(source), route: navigation.getState().route }, () => undefined);", promise: "the reading of a source can be cancelled", kind: "left-behind", tests: parts },
  { file: "renderer/features/jobs/source-part.tsx", find: "const isStale = taken !== null && !isOfSource(taken, source);", replace: "const isStale = taken !== null && source.path === \"\";", promise: "a source that was changed since it was read is told as that", kind: "told", tests: parts },
  { file: "renderer/features/jobs/job-work.ts", find: "plan.halts.length > 0) return null;", replace: "plan.plan === \"\") return null;", promise: "a plan that is halted is not applied", kind: "lost", tests: preview },
  { file: "renderer/features/jobs/plan-card.tsx", find: "{plan.halts.length === 0 && writesOf(plan) > 0 && !busy && <Apply", replace: "{writesOf(plan) > 0 && !busy && <Apply", promise: "applying is not offered while a halt holds the run", kind: "told", tests: preview },
  { file: "renderer/features/jobs/plan-card.tsx", find: "      <Halts halts={plan.halts} announced />\n", replace: "", promise: "what holds a run is shown", kind: "told", tests: preview },
  { file: "renderer/features/jobs/plan-card.tsx", find: "    setPassword(\"\");\n", replace: "", promise: "a first password that was given or given up leaves the page", kind: "leaked", tests: preview },
  { file: "renderer/features/jobs/plan-card.tsx", find: "if (confirmed) onApply(", replace: "onApply(", promise: "nothing is applied before the question is answered", kind: "lost", tests: preview },
  { file: "renderer/features/jobs/job-work.ts", find: "  if (before !== null) releasePlan(before.plan);\n", replace: "", promise: "a plan that another one replaced is let go of", kind: "left-behind", tests: preview },
  { file: "renderer/features/jobs/job-work.ts", find: "event.step === \"job-run-begun\" && event.detail !== null", replace: "event.step.endsWith(\"run-begun\") && event.detail !== null", promise: "the run of mail objects in a run is not taken for it", kind: "told", tests: preview },
  { file: "renderer/features/jobs/job-work.ts", find: "const entry = listWork(work, () => mine.abort());", replace: "const entry = listWork(work, () => undefined);", promise: "a preview and a run can be cancelled", kind: "left-behind", tests: preview },
  { file: "renderer/features/jobs/preview-page.tsx", find: "(fault.of === \"run\" && isChangedMeanwhile(fault.fault) ? <PlanChanged /> : <ErrorBox fault={fault.fault} />)", replace: "<ErrorBox fault={fault.fault} />", promise: "a plan of something else than what is saved is told as that", kind: "told", tests: preview },
  { file: "renderer/features/jobs/use-live.ts", find: "{ value: known.value, fault: answer.fault }", replace: "{ value: null, fault: answer.fault }", promise: "a list that is refused is not shown as empty", kind: "told", tests: list },
  { file: "renderer/features/jobs/job-deeds.ts", find: "{ ...settingsOf(read.value.job), enabled: false }", replace: "settingsOf(read.value.job)", promise: "a copy of a job does not begin by itself beside the first", kind: "other", tests: list },
  { file: "renderer/features/jobs/rows-csv.ts", find: "escape_formulas: true", replace: "escape_formulas: false", promise: "no cell of a run's rows is a formula", kind: "other", tests: list },
  { file: "renderer/features/jobs/row-pages.ts", find: "    if (page.value.rows.length === 0 || from >= Math.min(most, page.value.total)) return;\n", replace: "    return;\n", promise: "every row of a run is saved", kind: "lost", tests: list },
];
