/** What a Google Workspace configuration holds. */
import { z } from "zod";
import { isMailAddress } from "../../../shared/rules/mail-address.ts";

const email = z.string({ error: "required" }).trim().min(1, { error: "required", abort: true }).max(254, { error: "too-long", abort: true }).refine(isMailAddress, "email");

export const schema = z.object({
  /** `name@project.iam.gserviceaccount.com`. */
  serviceAccount: email,
  /** The administrator whom the service account impersonates. */
  adminUsername: email,
});
export type GoogleWorkspaceConfiguration = z.infer<typeof schema>;

/** Host of the token endpoint; fixed in Google's library. */
export const TOKEN_HOST = "oauth2.googleapis.com";
/** Host of the Directory API: the server that mail-enabling actions go to, and so the one that is listed. */
export const API_HOST = "admin.googleapis.com";

/** Scopes that must stand in the domain-wide delegation entry of the service account. */
export const SCOPES: readonly string[] = [
  "https://www.googleapis.com/auth/admin.directory.domain.readonly",
  "https://www.googleapis.com/auth/admin.directory.group",
  "https://www.googleapis.com/auth/admin.directory.group.member",
  "https://www.googleapis.com/auth/admin.directory.user",
  "https://www.googleapis.com/auth/apps.licensing",
];
