/** Google's cloud in the practice organisation: the token endpoint and the Directory API. */
import type { MakePart } from "../part.ts";
import { createCloudPart } from "./cloud-part.ts";
import { createGoogleObjects } from "./google-objects.ts";
import { createGoogleDirectory, createGoogleToken, googleDirectoryStates, googleTokenStates, type Workspace } from "./google.ts";
import { createTokens } from "./jwt.ts";
import { pkcs12, rsaIdentity } from "./key-files.ts";

const DOMAIN = "contoso-practice.com";
/** Google's own password for every p12 key file. */
const P12_PASSWORD = "notasecret";

/** Opens Google's part. */
export const googlePart: MakePart = async (dependencies) => {
  const { pki, clock } = dependencies;
  // Google's keys run for ten years, and the certificate around one names the account's number.
  const identity = await rsaIdentity(pki, "service-account", "104512345678901234567", 3650);
  const workspace: Workspace = {
    serviceAccount: "messaging-console@contoso-practice.iam.gserviceaccount.com",
    admin: `admin@${DOMAIN}`,
    certificatePem: identity.certificatePem,
    domains: [DOMAIN, "sales.contoso-practice.com"],
    delegated: [
      "https://www.googleapis.com/auth/admin.directory.domain.readonly",
      "https://www.googleapis.com/auth/admin.directory.group",
      "https://www.googleapis.com/auth/admin.directory.group.member",
      "https://www.googleapis.com/auth/admin.directory.user",
      "https://www.googleapis.com/auth/apps.licensing",
    ],
  };
  const tokens = createTokens();
  const now = () => clock.now();
  const objects = createGoogleObjects(workspace.domains);
  return createCloudPart(
    [
      {
        id: "google-token",
        kind: "google-token",
        names: ["oauth2.googleapis.com"],
        states: googleTokenStates,
        answer: (request, state) => createGoogleToken({ workspace, state, issue: tokens.issue, now })(request),
      },
      {
        id: "google-directory",
        kind: "google-directory",
        names: ["admin.googleapis.com"],
        states: googleDirectoryStates,
        reset: () => objects.clear(),
        answer: (request, state) => createGoogleDirectory({ workspace, state, claims: tokens.claims, objects, now })(request),
      },
    ],
    {
      forms: [
        {
          provider: "google-workspace",
          values: [
            { field: "serviceAccount", value: workspace.serviceAccount },
            { field: "adminUsername", value: workspace.admin },
          ],
        },
      ],
      files: [{ name: "practice-google.p12", password: P12_PASSWORD, base64: pkcs12(identity, P12_PASSWORD, "3des", "privatekey") }],
    },
    dependencies,
  );
};
