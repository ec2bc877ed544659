/** What goes wrong with jobs and their runs. */
export const jobFaults = {
  "not-found-job": "This job is not there any more.",
  "not-found-job-next": "Somebody deleted it, or its identity store. Its runs are still in the history.",
  "not-found-job-plan": "This preview is not held any more: previews are kept for ten minutes after the last look at them.",
  "not-found-job-plan-next": "Preview again.",
  "not-found-job-run": "This run is not in the history.",
  "not-found-job-run-next": "Look for it in the history of the jobs.",
} as const;
