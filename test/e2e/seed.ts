/** Believable content in the practice organisation, put there by the contract the renderer speaks. */
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "../../shared/contract/index.ts";
import type { WorkEvent } from "../../shared/contract/progress.ts";
import type { MessagingConfiguration } from "../../shared/model/messaging.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import { changesOf, markOf, sightOf } from "../lab/draft-page.ts";
import { take, withPractice } from "./running-practice.ts";

const DAY = 86_400_000;
/** Names of the practice tenant and of its application's certificate file. */
const FILE = "practice-application.pfx";

export async function finish<T>(events: AsyncIterable<WorkEvent<T>>): Promise<T> {
  for await (const event of events) if (event.type === "done") return take(event.result);
  throw new Error("The work ended without a result.");
}

async function practiceValues(client: ContractRouterClient<Contract>): Promise<(field: string) => string> {
  const { forms } = take(await client.practice.facts());
  return (field) => forms.find(({ provider }) => provider === "office365")?.values.find((value) => value.field === field)?.value ?? "";
}

/** The client secret that {@link seedStores} stores. The password of its certificate file is a word that names hold as well. */
export function seededSecret(dataDirectory: string): Promise<string> {
  return withPractice(dataDirectory, async (client) => (await practiceValues(client))("clientSecret"));
}

/** An Entra store with Office 365, and a branch office without mail. */
export async function seedStores(dataDirectory: string): Promise<void> {
  await withPractice(dataDirectory, async (client) => {
    const valueOf = await practiceValues(client);
    const stateOf = async (id: string) => take(await client.editor.open({ storeId: id }));
    const save = async (id: string) => take(await client.editor.save({ storeId: id, expectedRevision: 1, draft: markOf((await stateOf(id)).draft) }));
    const draft = async (name: string, connection: StoreConnection, provider: string, values: MessagingConfiguration["values"]) => {
      const { id: storeId } = take(await client.stores.create({ name, connection, password: null }));
      const state = await stateOf(storeId);
      take(await client.editor.change({ storeId, sight: sightOf(state), changes: changesOf({ choice: { provider, variant: null }, values }, state) }));
      return storeId;
    };

    const branch: StoreConnection = {
      kind: "active-directory",
      domain: "branch7.contoso.lab",
      domainControllers: [],
      dnsServer: null,
      username: "",
      security: "ldaps",
      trust: { mode: "system" },
    };
    await save(await draft("Branch 7", branch, "none", {}));

    const domain = valueOf("domain");
    const storeId = await draft("Contoso cloud", { kind: "entra-id", cloud: "worldwide", tenant: domain }, "office365", {
      cloud: "worldwide",
      domain,
      applicationId: valueOf("applicationId"),
      clientSecretExpires: new Date(Date.now() + 43 * DAY).toISOString().slice(0, 10),
    });
    const field = async (name: string) => ({ storeId, sight: sightOf(await stateOf(storeId)), provider: "office365", field: name });
    take(await client.editor.setSecret({ ...(await field("clientSecret")), value: valueOf("clientSecret") }));
    take(await client.editor.setCertificate({ ...(await field("certificate")), file: take(await client.practice.holdFile({ name: FILE })).file }));
    take(await client.editor.setSecret({ ...(await field("certificatePassword")), value: valueOf("certificatePassword") }));
    await finish(await client.editor.sync({ storeId }));
    await finish(await client.editor.test({ storeId }));
    await save(storeId);
  });
}
