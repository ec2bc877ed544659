/** What an administrator still has to do after a mail object was made; part of mail-objects.ts. */
export const mailByHand = {
  "hand-google-password": "Set the user's password in the Google Admin console: the console made the account with a random one that nobody knows.",
  "hand-group-owner": "Name an owner of the group in the Microsoft Entra admin center: a group that an application makes has none.",
  "hand-licence": "Assign a licence with Exchange Online to the user: it gets its mailbox with that.",
  "hand-members": "Add members and owners: the group is made without any.",
  "hand-membership": "The group is made without members. A directory synchronisation, such as Microsoft Entra Connect, carries membership between Active Directory and Office 365.",
} as const;
