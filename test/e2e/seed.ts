/** Believable content in the practice organisation, put there by the contract the renderer speaks. */
import type { WorkEvent } from "../../shared/contract/progress.ts";
import type { MessagingConfiguration } from "../../shared/model/messaging.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import { take, withPractice } from "./running-practice.ts";

const DAY = 86_400_000;
/** Names of the practice tenant and of its application's certificate file. */
const FILE = "practice-application.pfx";

async function finish<T>(events: AsyncIterable<WorkEvent<T>>): Promise<T> {
  for await (const event of events) if (event.type === "done") return take(event.result);
  throw new Error("The work ended without a result.");
}

const blank = { servers: [], syncedAt: null, notShown: [], complete: true } as const;

/** An Entra store with Office 365, and a branch office without mail. */
export async function seedStores(dataDirectory: string): Promise<void> {
  await withPractice(dataDirectory, async (client) => {
    const facts = take(await client.practice.facts());
    const valueOf = (field: string) => facts.forms.find((form) => form.provider === "office365")?.values.find((value) => value.field === field)?.value ?? "";
    const draft = async (name: string, connection: StoreConnection, provider: string, values: MessagingConfiguration["values"]) => {
      const { id: storeId } = take(await client.stores.create({ name, connection, password: null }));
      const form: MessagingConfiguration = { ...blank, provider, variant: null, values, servers: [], notShown: [], complete: true };
      take(await client.editor.saveDraft({ storeId, draft: { choice: { provider, variant: null }, forms: { [provider]: form } } }));
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
    take(await client.editor.save({ storeId: await draft("Branch 7", branch, "none", {}), expectedRevision: 1 }));

    const domain = valueOf("domain");
    const storeId = await draft("Contoso cloud", { kind: "entra-id", cloud: "worldwide", tenant: domain }, "office365", {
      cloud: "worldwide",
      domain,
      applicationId: valueOf("applicationId"),
      clientSecretExpires: new Date(Date.now() + 43 * DAY).toISOString().slice(0, 10),
    });
    const field = (name: string) => ({ storeId, provider: "office365", field: name });
    take(await client.editor.setSecret({ ...field("clientSecret"), value: valueOf("clientSecret") }));
    take(await client.editor.setCertificate({ ...field("certificate"), file: take(await client.practice.holdFile({ name: FILE })).file }));
    take(await client.editor.setSecret({ ...field("certificatePassword"), value: valueOf("certificatePassword") }));
    await finish(await client.editor.sync({ storeId }));
    await finish(await client.editor.test({ storeId }));
    take(await client.editor.save({ storeId, expectedRevision: 1 }));
  });
}
