/** What is wrong with a job or with one of its rows, by the issue's code, where it has words of its own there. */
export const jobIssues = {
  "target-not-mapped": "No value comes here yet. Add the field and say where it comes from.",
  "provider-not-set-up": "The messaging provider of this job is not set up yet. Set it up and save it, or take that of the identity store.",
  "target-twice": "This field is mapped twice. Remove one of the two.",
  "no-licences-here": "Licences are for users with a mailbox, in an identity store whose messaging provider has subscriptions.",
  "licensing-and-leaving": "A job for users who leave gives no licences. Use another job for those.",
  "before-unlicense": "Users are not deleted before their licences are taken. Enter at least as many days.",
  "not-a-country": "A usage location is two letters of a country, such as DE.",
  "name-taken": "Another job of this identity store has this name. Choose a different one.",
} as const;
