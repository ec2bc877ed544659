/** A tenant of many users as Microsoft Graph hands it out: pages of 999 as bytes that were made before, over TLS on loopback. */
import { once } from "node:events";
import https from "node:https";
import path from "node:path";
import { openPki } from "../../main/practice/pki.ts";

const PAGE = 999;
const HOST = "graph.microsoft.com";

export const E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900";
export const EMS = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
const DISABLED_PLANS = ["57ff2da0-773e-42df-b2af-ffb7a2317929", "43de0ff5-c92c-492b-9116-175376d08c38"];

export function idOf(number: number): string {
  return `0c9f4a52-6f0e-4b5e-9d0a-${number.toString(16).padStart(12, "0")}`;
}

export function accountOf(number: number): string {
  return `user${number}`;
}

/** With the properties that Graph answers for what the console selects. */
function userNumbered(number: number, licensed: number): object {
  const isLicensed = number < licensed;
  return {
    id: idOf(number),
    displayName: `User ${number}`,
    userPrincipalName: `${accountOf(number)}@contoso-practice.com`,
    usageLocation: "DE",
    assignedLicenses: isLicensed ? [{ disabledPlans: DISABLED_PLANS, skuId: E3 }] : [],
    licenseAssignmentStates: isLicensed ? [{ skuId: E3, disabledPlans: DISABLED_PLANS, assignedByGroup: null, state: "Active", error: "None", lastUpdatedDateTime: "2026-11-28T06:00:00Z" }] : [],
  };
}

export interface ServedTenant {
  readonly port: number;
  readonly authorityPem: string;
  /** Of all pages together. */
  readonly bytes: number;
  /** The address of the first page. */
  readonly first: string;
  close(): void;
}

/** The first `licensed` users have a licence. */
export async function serveTenant(folder: string, users: number, licensed: number): Promise<ServedTenant> {
  const address = (page: number) => `https://${HOST}/v1.0/users?$top=${PAGE}&$skiptoken=${page}`;
  const pages: Buffer[] = [];
  for (let from = 0; from < users; from += PAGE) {
    const value = Array.from({ length: Math.min(PAGE, users - from) }, (_none, index) => userNumbered(from + index, licensed));
    const next = from + PAGE < users ? { "@odata.nextLink": address(pages.length + 1) } : {};
    pages.push(Buffer.from(JSON.stringify({ "@odata.context": `https://${HOST}/v1.0/$metadata#users`, ...next, value })));
  }
  const pki = await openPki(path.join(folder, "pki"));
  const identity = await pki.issue({ names: [HOST] });
  const server = https.createServer({ cert: identity.certificatePem, key: identity.keyPem }, (request, response) => {
    const page = Number(new URL(request.url ?? "/", `https://${HOST}`).searchParams.get("$skiptoken") ?? "0");
    response.writeHead(200, { "content-type": "application/json" }).end(pages[page] ?? Buffer.from("{}"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const listening = server.address();
  return {
    port: typeof listening === "object" && listening !== null ? listening.port : 0,
    authorityPem: pki.authorityPem,
    bytes: pages.reduce((sum, page) => sum + page.length, 0),
    first: address(0),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
