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

const SCOPE = "https://www.googleapis.com/auth/";
/** What writing groups takes, and what writing users takes. */
export const GROUP_SCOPE = `${SCOPE}admin.directory.group`;
export const USER_SCOPE = `${SCOPE}admin.directory.user`;

/** Scopes that must stand in the domain-wide delegation entry of the service account. */
export const SCOPES: readonly string[] = [
  `${SCOPE}admin.directory.domain.readonly`,
  GROUP_SCOPE,
  `${SCOPE}admin.directory.group.member`,
  USER_SCOPE,
  `${SCOPE}apps.licensing`,
];

/** A scope by the name that Google's pages have for it, without the address. */
export function scopeName(scope: string): string {
  return scope.slice(SCOPE.length);
}

/** The Workspace's domain, as far as anybody said: the administrator's. */
export function domainOf({ adminUsername }: GoogleWorkspaceConfiguration): string {
  return adminUsername.slice(adminUsername.indexOf("@") + 1).toLowerCase();
}
