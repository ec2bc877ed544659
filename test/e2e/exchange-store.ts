/** An identity store with Exchange 2013 saved, exb first and exa second, put there by the contract the renderer speaks. */
import { take, withPractice } from "./running-practice.ts";

/** Answers the store's id. */
export function saveExchangeStore(dataDirectory: string, name = "Contoso HQ"): Promise<string> {
  return withPractice(dataDirectory, async (client) => {
    const { domain, username, password } = take(await client.practice.facts());
    const document = {
      name,
      connection: { kind: "active-directory", domain, domainControllers: [], dnsServer: null, username, security: "ldaps", trust: { mode: "system" } },
      messaging: {
        provider: "exchange",
        variant: "2013",
        values: { domain, username },
        servers: ["exb", "exa"].map((server, index) => ({ name: `${server}.${domain}`, priority: index + 1 })),
      },
    };
    const { id } = take(await client.documents.create({ document, secrets: { "directory.password": password, "messaging.password": password }, files: {} }));
    return id;
  });
}
