/** The secrets of a messaging configuration travel to where they were saved for, and nowhere else. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { providers } from "../../../../main/providers/index.ts";
import type { ProviderContext } from "../../../../main/providers/provider.ts";
import { fail, succeed, type Result } from "../../../../shared/fault.ts";
import { take } from "../store/support.ts";
import { connection, layBed, quietly, storeWithDraft, type Bed } from "./support.ts";

let bed: Bed;
let storeId: string;
const sent: (string | null)[] = [];

async function send(context: ProviderContext): Promise<Result<null>> {
  const password = await context.secrets.text("password");
  if (!password.ok) return password;
  sent.push(password.value);
  return succeed(null);
}

beforeEach(async () => {
  sent.length = 0;
  bed = await layBed();
  bed.toy.test = send;
  storeId = await storeWithDraft(bed);
  take(await bed.services.editor.test(storeId, quietly()));
  take(await bed.page.save(storeId, 1));
});
afterEach(() => bed.dispose());

const elsewhere = fail({ kind: "unreadable", what: "secret-elsewhere" });
/** Types another domain into the form. */
async function moveTo(domain: string): Promise<void> {
  take(await bed.page.write(storeId, { choice: { provider: "toy", variant: "2013" }, values: { domain } }));
}

describe("a messaging secret", () => {
  it("is sent where it was saved for", async () => {
    take(await bed.services.editor.test(storeId, quietly()));
    expect(sent).toEqual(["secret-42", "secret-42"]);
  });

  it("is not sent to a domain that somebody types over the saved one, nor saved for it", async () => {
    await moveTo("evil.example");
    expect(await bed.services.editor.test(storeId, quietly())).toEqual(elsewhere);
    expect(await bed.page.save(storeId, 2)).toEqual(fail({ kind: "invalid", issues: [{ path: ["password"], code: "enter-again-target" }] }));
    expect(sent).toHaveLength(1);
    await moveTo("contoso.lab");
    take(await bed.services.editor.test(storeId, quietly()));
  });

  it("is sent there when it was entered for it", async () => {
    await moveTo("fabrikam.com");
    take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "for-fabrikam"));
    take(await bed.services.editor.test(storeId, quietly()));
    take(await bed.page.save(storeId, 2));
    await moveTo("contoso.lab");
    expect(await bed.services.editor.test(storeId, quietly())).toEqual(elsewhere);
    expect(sent).toEqual(["secret-42", "for-fabrikam"]);
  });

  it("saved for a stricter place is bound to that one", async () => {
    const weaker = { ...connection, security: "none" as const };
    take(await bed.services.stores.updateConnection(storeId, weaker, "typed", 2));
    take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "for-clear"));
    take(await bed.page.save(storeId, 3));
    take(await bed.services.stores.updateConnection(storeId, connection, "typed", 4));
    take(await bed.services.editor.test(storeId, quietly()));
    await moveTo("contoso.lab");
    take(await bed.page.save(storeId, 5));
    take(await bed.services.stores.updateConnection(storeId, weaker, "typed", 6));
    expect(await bed.services.editor.test(storeId, quietly())).toEqual(elsewhere);
    expect(sent).toEqual(["secret-42", "for-clear"]);
  });

  it("that opens a certificate stays with it, wherever the form sends the others", async () => {
    take(await bed.page.setSecret({ storeId, provider: "toy", field: "filePassword" }, "of-the-file"));
    take(await bed.page.save(storeId, 2));
    await moveTo("fabrikam.com");
    take(await bed.page.setSecret({ storeId, provider: "toy", field: "password" }, "for-fabrikam"));
    bed.toy.test = async (context) => {
      sent.push(take(await context.secrets.text("filePassword")));
      return succeed(null);
    };
    take(await bed.services.editor.test(storeId, quietly()));
    take(await bed.page.save(storeId, 3));
    expect(sent.at(-1)).toBe("of-the-file");
  });

  it("does not go along when the store's connection becomes a weaker one, and is back with the old connection", async () => {
    const weaker = { ...connection, security: "none" as const };
    take(await bed.services.stores.updateConnection(storeId, weaker, "typed", 2));
    expect(await bed.services.editor.test(storeId, quietly())).toEqual(elsewhere);
    take(await bed.services.stores.updateConnection(storeId, connection, null, 3));
    take(await bed.services.editor.test(storeId, quietly()));
    expect(sent).toEqual(["secret-42", "secret-42"]);
  });
});

describe("where providers send their secrets", () => {
  const tenant = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" } as const;
  const destination = (id: string, values: Record<string, string>, store: typeof connection | typeof tenant) =>
    providers.find((provider) => provider.id === id)?.destination(values, store) ?? null;

  it("is the typed domain, by the store's connection, for Exchange", () => {
    expect(destination("exchange", { domain: "Fabrikam.com" }, connection)).toMatchObject({ target: ["fabrikam.com"], directory: { security: "ldaps", trust: "system" } });
  });

  it("is the cloud and the tenant for Office 365", () => {
    const values = { cloud: "china", domain: "contoso.cn" };
    expect(destination("office365", values, connection)).toEqual({ target: ["china", "contoso.cn"], directory: null });
    expect(destination("office365", values, tenant)).toEqual({ target: ["china", "contoso.com"], directory: null });
  });

  it.each(["google-workspace", "other", "none"])("is nothing that the form of %s chooses", (id) => {
    expect(destination(id, {}, connection)).toBeNull();
  });
});
