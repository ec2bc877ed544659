/** What is wrong with a job or with one of its rows, by the issue's code, where it has words of its own there. */
export const jobIssues = {
  "name-taken": "Another job of this identity store has this name. Choose a different one.",
} as const;
