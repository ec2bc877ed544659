/** None: no mail system. */
export const none = {
  entry: "None",
  "notice-nothing-created": "Nobody can create mail-enabled users, groups or contacts in this identity store.",
  "prevents-creating": "Mail-enabled users, groups and contacts can no longer be created in this identity store.",
  "prevents-changing": "Existing mail-enabled objects keep their addresses; the console no longer changes them.",
} as const;
