/** Microsoft's clouds in the practice organisation: the authority, Graph and Exchange Online's front door. */
import type { MakePart } from "../part.ts";
import { createCloudPart } from "./cloud-part.ts";
import { authorityStates, createEntra, type Tenant } from "./entra.ts";
import { createGraph, graphStates } from "./graph.ts";
import { createGraphBatches } from "./graph-batch.ts";
import { createGraphObjects } from "./graph-objects.ts";
import { createTokens } from "./jwt.ts";
import { pkcs12, rsaIdentity } from "./key-files.ts";
import { createSignInLog } from "./sign-in-log.ts";

const APPLICATION = "5f0c2a0e-7d1b-4c7e-9a54-2f1f4d6b8c31";
const TENANT = "b3a1f6d2-0c58-4a69-8f0e-6d1c2e7a9b40";
const DOMAIN = "contoso-practice.com";
const PASSWORD = "practice";
const SECRET = "Prac~tice.Secret-0000000000000000000000";
const EXPIRED_SECRET = "Prac~tice.Expired-000000000000000000000";

/** By cloud: authority, Graph, Exchange Online. Every cloud leads to the same practice tenant. */
const AUTHORITIES = ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "login.chinacloudapi.cn"];
const GRAPHS = ["graph.microsoft.com", "graph.microsoft.us", "dod-graph.microsoft.us", "microsoftgraph.chinacloudapi.cn"];
const EXCHANGES = ["outlook.office365.com", "outlook.office365.us", "webmail.apps.mil", "outlook-dod.office365.us", "partner.outlook.cn", "outlook.office365.cn"];

const GRAPH_ROLES = ["Organization.Read.All", "Domain.Read.All", "Group.ReadWrite.All", "User.ReadWrite.All", "LicenseAssignment.ReadWrite.All"];
/** Exchange Online as a resource: by its application id. */
const EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";

/** Opens Microsoft's part. */
export const microsoftPart: MakePart = async (dependencies) => {
  const { pki, clock } = dependencies;
  const registered = await rsaIdentity(pki, "application", "Messaging Console practice", 365);
  const stranger = await rsaIdentity(pki, "application-unregistered", "Not registered", 365);
  const tokens = createTokens();
  const signIns = createSignInLog();
  const now = () => clock.now();
  const tenant: Tenant = {
    id: TENANT,
    domains: [DOMAIN, "contoso-practice.onmicrosoft.com"],
    applicationId: APPLICATION,
    secret: SECRET,
    expiredSecret: EXPIRED_SECRET,
    certificatePem: registered.certificatePem,
    roles: (resource) => {
      if (GRAPHS.some((host) => resource === `https://${host}`)) return GRAPH_ROLES;
      return resource === EXCHANGE_ONLINE || EXCHANGES.some((host) => resource === `https://${host}`) ? ["Exchange.ManageAsApp"] : null;
    },
  };
  const domains = [DOMAIN, "contoso-practice.onmicrosoft.com", "sales.contoso-practice.com", "unverified.contoso-practice.com", "old.contoso-practice.com"];
  const organization = { id: TENANT, displayName: "Contoso practice", domains: domains.map((id) => ({ id, verified: !id.startsWith("unverified.") })) };
  const objects = createGraphObjects({ domains: organization.domains.flatMap(({ id, verified }) => (verified ? [id] : [])) });
  const batches = createGraphBatches();
  const file = (name: string, base64: string) => ({ name, password: PASSWORD, base64 });
  return createCloudPart(
    [
      {
        id: "authority",
        kind: "authority",
        names: AUTHORITIES,
        states: authorityStates,
        reset: () => signIns.clear(),
        answer: (request, state) => createEntra({ tenant, state, issue: tokens.issue, signIns, now })(request),
      },
      {
        id: "graph",
        kind: "graph",
        names: GRAPHS,
        states: graphStates,
        reset: () => {
          objects.clear();
          batches.clear();
        },
        answer: (request, state) => createGraph({ organization, objects, batches, state, claims: tokens.claims, now })(request),
      },
      {
        id: "exchange-online",
        kind: "server",
        names: EXCHANGES,
        states: [],
        // Nothing above TLS is asked of it, so that no other failure would show.
        hostStates: ["up", "down"],
        answer: () => ({ status: 401, body: {} }),
      },
    ],
    {
      forms: [
        {
          provider: "office365",
          values: [
            { field: "domain", value: DOMAIN },
            { field: "applicationId", value: APPLICATION },
            { field: "clientSecret", value: SECRET },
            { field: "clientSecret", value: EXPIRED_SECRET, variant: "expired" },
            { field: "certificatePassword", value: PASSWORD },
          ],
        },
      ],
      files: [
        file("practice-application.pfx", pkcs12(registered, PASSWORD, "aes256", "Messaging Console practice")),
        file("practice-not-registered.pfx", pkcs12(stranger, PASSWORD, "aes256", "Not registered")),
      ],
    },
    dependencies,
  );
};
