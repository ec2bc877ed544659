/**
 * The subscriptions of the practice tenant, as Microsoft Graph answers "List subscribedSkus": all of them in one answer, `$select` alone
 * as a parameter, `lockedOut` missing in older tenants, and `capabilityStatus` after the units. Which permissions let one read them stands
 * in learn.microsoft.com/graph/api/subscribedsku-list: the one for assigning them is not among these. Products and plans have the
 * identifiers of "Product names and service plan identifiers for licensing".
 */
import type { CloudAnswer, CloudRequest } from "./cloud-host.ts";
import { refuse } from "./graph-refusal.ts";

/** What a person can do to the seats. */
export const graphSubscriptionStates = ["seats-gone", "seats-bought-back", "subscriptions-ended", "none-bought"] as const;

const MAY_READ = ["LicenseAssignment.Read.All", "Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"];

interface Plan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  readonly provisioningStatus: string;
  readonly appliesTo: string;
}

interface Product {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly appliesTo: string;
  readonly owned: number;
  readonly used: number;
  readonly status: "Enabled" | "Warning" | "Suspended" | "LockedOut";
  readonly plans: readonly Plan[];
}

function plan(servicePlanId: string, servicePlanName: string, provisioningStatus = "Success", appliesTo = "User"): Plan {
  return { servicePlanId, servicePlanName, provisioningStatus, appliesTo };
}

const FOUNDATION = plan("113feb6c-3fe4-4440-bddc-54d774bf0318", "EXCHANGE_S_FOUNDATION", "Success", "Company");

const products: readonly Product[] = [
  {
    skuId: "6fd2c87f-b296-42f0-b197-1e91e994b900", skuPartNumber: "ENTERPRISEPACK", appliesTo: "User", owned: 25, used: 22, status: "Enabled",
    plans: [
      plan("efb87545-963c-4e0d-99df-69c6916d9eb0", "EXCHANGE_S_ENTERPRISE"),
      plan("5dbe027f-2339-4123-9542-606e4d348a72", "SHAREPOINTENTERPRISE"),
      plan("57ff2da0-773e-42df-b2af-ffb7a2317929", "TEAMS1"),
      plan("43de0ff5-c92c-492b-9116-175376d08c38", "OFFICESUBSCRIPTION"),
      plan("882e1d05-acd1-4ccb-8708-6ee03664b117", "INTUNE_O365", "PendingActivation", "Company"),
    ],
  },
  { skuId: "4b9405b0-7788-4568-add1-99614e613b69", skuPartNumber: "EXCHANGESTANDARD", appliesTo: "User", owned: 10, used: 10, status: "Enabled", plans: [plan("9aaf7827-d63c-4b61-89c3-182f06f82e5c", "EXCHANGE_S_STANDARD")] },
  {
    skuId: "efccb6f7-5641-4e0e-bd10-b4976e1bf68e", skuPartNumber: "EMS", appliesTo: "User", owned: 25, used: 4, status: "Enabled",
    plans: [plan("c1ec4a95-1f05-45b3-a911-aa3fa01094f5", "INTUNE_A", "PendingInput"), plan("41781fb2-bc02-4b7c-bd55-b576c07bb09d", "AAD_PREMIUM"), FOUNDATION],
  },
  { skuId: "f30db892-07e9-47e9-837c-80727f46fd3d", skuPartNumber: "FLOW_FREE", appliesTo: "User", owned: 10_000, used: 3, status: "Enabled", plans: [FOUNDATION] },
  { skuId: "c5928f49-12ba-48f7-ada3-0d743a3601d5", skuPartNumber: "VISIOCLIENT", appliesTo: "User", owned: 5, used: 2, status: "Suspended", plans: [FOUNDATION] },
  { skuId: "e612d426-6bc3-4181-9658-91aa906b0ac0", skuPartNumber: "CDS_DB_CAPACITY", appliesTo: "Company", owned: 1, used: 0, status: "Enabled", plans: [FOUNDATION] },
];

/** Seats as a state leaves them. */
function seatsOf({ appliesTo, owned, status }: Product, used: number, state: string) {
  const capabilityStatus = state === "subscriptions-ended" && status === "Enabled" ? "Warning" : status;
  const inState = (name: Product["status"]) => (capabilityStatus === name ? owned : 0);
  const enabled = state === "seats-bought-back" && used > 0 ? Math.min(inState("Enabled"), used - 1) : inState("Enabled");
  return { capabilityStatus, enabled, consumedUnits: state === "seats-gone" && appliesTo === "User" ? Math.max(owned, used) : used, suspended: inState("Suspended"), warning: inState("Warning"), lockedOut: inState("LockedOut") };
}

function sku(tenant: string, product: Product, given: number, state: string): object {
  const { skuId, skuPartNumber, appliesTo, plans, used } = product;
  const { capabilityStatus, consumedUnits, enabled, suspended, warning, lockedOut } = seatsOf(product, used + given, state);
  return {
    accountName: "contoso-practice",
    accountId: tenant,
    appliesTo,
    capabilityStatus,
    consumedUnits,
    id: `${tenant}_${skuId}`,
    skuId,
    skuPartNumber,
    subscriptionIds: [],
    prepaidUnits: { enabled, suspended, warning, ...(skuPartNumber === "VISIOCLIENT" ? {} : { lockedOut }) },
    servicePlans: plans,
  };
}

/** A product that can be asked for by its `skuId`; null where there is none. */
export interface SoldProduct {
  readonly skuPartNumber: string;
  readonly appliesTo: string;
  readonly plans: readonly string[];
  /** Seats that nobody has. */
  readonly free: number;
}

/** `given`: how many users of this tenant have it beyond those it began with. */
export function soldProduct(skuId: string, given: number, state: string): SoldProduct | null {
  const product = state === "none-bought" ? undefined : products.find((each) => each.skuId === skuId);
  if (product === undefined) return null;
  const { enabled, warning, consumedUnits } = seatsOf(product, product.used + given, state);
  return { skuPartNumber: product.skuPartNumber, appliesTo: product.appliesTo, plans: product.plans.map(({ servicePlanName }) => servicePlanName), free: enabled + warning - consumedUnits };
}

/** Answers for the subscriptions of a tenant; null for another path. `roles` are the token's, `given` counts seats that users have beyond those at the beginning. */
export function answerSubscriptions({ method, url, host }: CloudRequest, tenant: string, roles: readonly string[], state: string, given: (skuId: string) => number): CloudAnswer | null {
  if (url.pathname !== "/v1.0/subscribedSkus") return null;
  if (method !== "GET") return refuse(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
  if (!roles.some((role) => MAY_READ.includes(role))) return refuse(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
  const unsupported = [...url.searchParams.keys()].filter((name) => name !== "$select");
  if (unsupported.length > 0) return refuse(400, "Request_UnsupportedQuery", "Unsupported Query.");
  const bought = state === "none-bought" ? [] : products;
  return { status: 200, body: { "@odata.context": `https://${host}/v1.0/$metadata#subscribedSkus`, value: bought.map((product) => sku(tenant, product, given(product.skuId), state)) } };
}
