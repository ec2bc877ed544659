/** The subscriptions of a tenant, read from Microsoft Graph ("List subscribedSkus": no filter, and every one in one answer). */
import { succeed } from "../../../shared/fault.ts";
import type { Subscriptions } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { readCollection } from "./graph.ts";
import { graphReader } from "./graph-access.ts";
import { changeLicences, licenceHolder } from "./licences.ts";
import { manyLicences } from "./many-licences.ts";
import { subscribedSkuSchema } from "./subscribed-sku.ts";

/** The permission that the form names for it; LicenseAssignment.Read.All and Directory.Read.All do as well. */
const NEEDS: readonly string[] = ["Organization.Read.All"];

/** With the licences of users, which are of them. */
export const subscriptions: Subscriptions<Office365Configuration> = {
  list: async (configuration, context) => {
    const reader = await graphReader(configuration, NEEDS, context);
    if (!reader.ok) return reader;
    const read = await readCollection(reader.value, "/v1.0/subscribedSkus", subscribedSkuSchema);
    return read.ok ? succeed({ subscriptions: [...read.value], source: reader.value.cloud.graphHost, at: context.clock.now() }) : read;
  },
  holder: licenceHolder,
  change: changeLicences,
  many: manyLicences,
};
