/** The pages of synchronize jobs. They are fetched together: whoever opens one opens the next from there. */
import { placeOf, type Route } from "../../stores/routes.ts";
import { JobPage } from "./job-page.tsx";
import { JobRunPage } from "./job-run-page.tsx";
import { JobRunsPage } from "./job-runs-page.tsx";
import { JobsPage } from "./jobs-page.tsx";
import { NewJobPage } from "./new-job-page.tsx";
import { PreviewPage } from "./preview-page.tsx";

type JobRoute = Extract<Route, { readonly page: "jobs" | "new-job" | "job" | "job-runs" | "job-run" }>;

export function JobsRoom({ route }: { readonly route: JobRoute }) {
  switch (route.page) {
    case "new-job":
      return <NewJobPage />;
    case "job":
      return route.section === "edit" ? <JobPage key={placeOf(route)} storeId={route.store} job={route.job} /> : <PreviewPage key={placeOf(route)} storeId={route.store} job={route.job} />;
    case "job-runs":
      return <JobRunsPage job={route.job ?? null} />;
    case "job-run":
      return <JobRunPage key={route.run} run={route.run} />;
    case "jobs":
    default:
      return <JobsPage />;
  }
}
