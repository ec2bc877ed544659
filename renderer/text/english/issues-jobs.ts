/** What keeps the settings of a job from being run, by the issue's code. */
export const jobSettingsIssues = {
  "target-not-mapped": "The job needs this field, and nothing is mapped to it.",
  "target-twice": "This field is mapped twice. Delete one of them.",
  "no-licences-here": "Licences are given to users with a mailbox of an Office 365 tenant alone.",
  "not-a-country": "This is no usage location: write the two letters of a country, such as DE.",
  "too-few-classes": "Choose at least {{least}} classes of characters, as Active Directory asks for.",
  "too-short-for-classes": "The password has to be at least {{least}} characters long for a character of each class.",
  "not-a-special": "These are no special characters: {{characters}}. Take signs of ASCII.",
  "specials-missing": "No special character is left to choose from. Enter some, or leave the class out.",
  "not-a-time-zone": "This is no time zone. Write an IANA name, such as Europe/Zurich.",
  "not-a-pattern": "This is no pattern of cron: write minute, hour, day of the month, month and day of the week, such as 0 6 * * 1-5.",
  "never-due": "This pattern never comes, such as the 31st of February.",
} as const;
