import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { followFeed, signalOf, streamWork } from "./streams.ts";

export function jobsRouter(os: Implementer["jobs"], { jobs, jobPlans, jobRuns }: Services) {
  return {
    list: os.list.handler(() => jobs.list()),
    get: os.get.handler(({ input }) => jobs.get(input.storeId, input.job)),
    blank: os.blank.handler(({ input }) => jobs.blank(input.storeId)),
    create: os.create.handler(({ input }) => jobs.create(input.storeId, input.settings, input.like)),
    save: os.save.handler(({ input }) => jobs.save(input.storeId, input.job, input.settings, input.seen)),
    remove: os.remove.handler(({ input }) => jobs.remove(input.storeId, input.job)),
    check: os.check.handler(({ input }) => jobs.check(input.storeId, input.job, input.settings)),
    provide: os.provide.handler(({ input }) => jobs.provide(input.storeId, input.job)),
    sample: os.sample.handler(({ input, signal }) => streamWork(signal, (options) => jobs.sample(input.source, options))),
    evaluate: os.evaluate.handler(({ input, signal }) => jobs.evaluate(input.mapping, input.rows, signalOf(signal))),
    nextRuns: os.nextRuns.handler(({ input }) => jobs.nextRuns(input.pattern, input.timeZone)),
    plan: os.plan.handler(({ input, signal }) => streamWork(signal, (options) => jobPlans.plan(input.storeId, input.job, options))),
    planned: os.planned.handler(({ input }) => jobPlans.rows(input.plan, input)),
    release: os.release.handler(({ input }) => {
      jobPlans.release(input.plan);
      return null;
    }),
    apply: os.apply.handler(({ input, signal }) => streamWork(signal, (options) => jobRuns.apply(input.plan, input.password, "person", options))),
    resume: os.resume.handler(({ input, signal }) => streamWork(signal, (options) => jobRuns.resume(input.run, input.password, options))),
    settle: os.settle.handler(({ input }) => jobs.settle(input.storeId, input.job, input.run)),
    runs: os.runs.handler(({ input }) => jobRuns.page(input)),
    rows: os.rows.handler(({ input }) => jobRuns.rows(input)),
    news: os.news.handler(({ signal }) => followFeed(jobs.news, signal)),
  };
}
