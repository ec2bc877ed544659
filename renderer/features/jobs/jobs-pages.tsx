/** The pages of jobs, which load together: who opens one mostly goes on to the next. */
import { placeOf, type Route } from "../../stores/routes.ts";
import { JobPage } from "./job-page.tsx";
import { JobRunPage } from "./job-run-page.tsx";
import { JobRunsPage } from "./job-runs-page.tsx";
import { JobsPage } from "./jobs-page.tsx";
import { NewJobPage } from "./new-job-page.tsx";
import { PreviewPage } from "./preview-page.tsx";
import { ProviderPage } from "./provider-page.tsx";

type JobRoute = Extract<Route, { page: "jobs" | "new-job" | "job" | "job-runs" | "job-run" }>;

const JOB_PAGES = { edit: JobPage, provider: ProviderPage, run: PreviewPage } as const;

export function JobsPages({ route }: { readonly route: JobRoute }) {
  switch (route.page) {
    case "new-job":
      return <NewJobPage />;
    case "job": {
      const Page = JOB_PAGES[route.section];
      return <Page key={placeOf(route)} storeId={route.store} job={route.job} />;
    }
    case "job-runs":
      return <JobRunsPage job={route.job ?? null} />;
    case "job-run":
      return <JobRunPage key={route.run} run={route.run} />;
    case "jobs":
    default:
      return <JobsPage />;
  }
}
