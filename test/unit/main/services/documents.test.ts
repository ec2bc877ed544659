import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fail, type Result } from "../../../../shared/fault.ts";
import { take } from "../store/support.ts";
import { codes, directory, given, refusal, toy } from "./document-support.ts";
import { connection, contentOf, layBed, quietly, server, type Bed } from "./support.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await layBed();
});
afterEach(() => bed.dispose());

const listed = [{ name: "exa.contoso.lab", priority: 2 }, { name: "exb.contoso.lab", priority: 1 }, { name: "exc.contoso.lab", priority: null }];

const create = (document: unknown, secrets: Record<string, string> = given, files: Record<string, string> = {}) => bed.services.documents.create({ document, secrets, files });
const apply = (id: string, document: unknown, secrets: Record<string, string> = {}, discardDraft = false) => bed.services.documents.apply(id, { document, secrets, files: {} }, discardDraft);
const read = (id: string) => take(bed.services.documents.read(id));
/** A store with a provider, servers and secrets. */
const made = async (messaging: object = { ...toy, servers: listed }) => take(await create({ name: "Contoso HQ", connection, messaging })).id;

describe("a document", () => {
  it("makes a store whole, in its first revision", async () => {
    const id = await made();
    expect(take(await bed.services.stores.revisions(id)).revisions.map(({ number, action }) => [number, action])).toEqual([[1, "created"]]);
    expect(take(bed.services.editor.open(id))).toMatchObject({
      draft: null,
      saved: { provider: "toy", secrets: { password: { state: "set" } }, servers: [{ name: "exa.contoso.lab", ticked: true, priority: 2 }, { priority: 1 }, { ticked: false, priority: null }] },
    });
  });

  it.each(["2013", "2016"])("keeps its servers whatever the version: %s", async (variant) => {
    const id = await made({ ...toy, variant, servers: listed });
    expect(read(id).document.messaging).toMatchObject({ variant, servers: [{ name: "exb.contoso.lab", priority: 1 }, { name: "exa.contoso.lab", priority: 2 }, { name: "exc.contoso.lab", priority: null }] });
  });

  it("is read back as it can be written, and says nothing new then", async () => {
    const id = await made();
    const { document } = read(id);
    expect(document.secrets).toEqual({ "directory.password": "set", "messaging.password": "set" });
    expect(JSON.stringify(document)).not.toMatch(/Pa55|qu"o|te-ü/);
    expect(take(await apply(id, document))).toEqual({ name: "Contoso HQ", revision: 1, changed: false });
    expect(take(await apply(id, document, given)).changed).toBe(false);
    expect(take(await apply(id, {})).changed).toBe(false);
  });

  it("changes everything it names in one revision, with what the page says of it", async () => {
    const id = await made();
    const changed = await apply(id, { name: "HQ", connection: { ...connection, username: "svc2" }, messaging: { provider: "toy", values: { username: "other" } } }, { "messaging.password": "n" });
    expect(take(changed)).toEqual({ name: "HQ", revision: 2, changed: true });
    const [newest] = take(await bed.services.stores.revisions(id)).revisions;
    expect(newest).toMatchObject({ action: "applied", tested: "untested" });
    expect(newest?.changes.map(({ key }) => key)).toEqual(["name", "connection.username", "values.username", "secrets.password"]);
    expect(read(id).document.messaging?.servers).toHaveLength(3);
  });

  it("keeps what is known of a server, and the list without a listing for another version", async () => {
    const id = await made();
    const stored = bed.store.identityStores.get(id);
    if (stored?.document.messaging == null) throw new Error("nothing stored");
    const { messaging } = stored.document;
    const servers = [{ ...server("exa.contoso.lab"), ticked: true, priority: 1, vanished: false }];
    const known = { ...stored.document, messaging: { ...messaging, configuration: { ...messaging.configuration, servers, syncedAt: 7 } } };
    take(await bed.store.identityStores.save(id, known, 1, { who: "anna", at: 0, action: "saved", changes: [], tested: { state: "passed", at: 1 } }, "kept"));
    take(await apply(id, { messaging: { provider: "toy", servers: [{ name: "EXA.contoso.lab.", priority: 2 }, { name: "exz.contoso.lab", priority: 1 }] } }));
    const after = bed.store.identityStores.get(id);
    expect(after?.document.messaging?.configuration).toMatchObject({ syncedAt: 7, servers: [{ ...servers[0], priority: 2 }, { name: "exz.contoso.lab", build: null, priority: 1 }] });
    expect(after?.tested).toEqual({ state: "passed", at: 1 });
    take(await apply(id, { messaging: { provider: "toy", variant: "2016" } }));
    expect(read(id).document.messaging).toMatchObject({ variant: "2016", servers: [] });
  });

  it("clears a secret that is given empty", async () => {
    const id = await made();
    take(await apply(id, {}, { "directory.password": "" }));
    expect(read(id).document.secrets).toEqual({ "messaging.password": "set" });
  });

  it("tells another authority of the same file name from the one that is trusted", async () => {
    const id = await made();
    const trusting = (body: string) => ({ connection: { ...connection, trust: { mode: "authority-file", name: "ca.pem", pem: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----` } } });
    take(await apply(id, trusting("AAAA"), directory));
    expect(take(await apply(id, trusting("BBBB"), directory))).toMatchObject({ revision: 3, changed: true });
    expect(take(await bed.services.stores.revisions(id)).revisions[0]?.changes).toMatchObject([{ key: "connection.trust", before: "authority-file ca.pem" }, {}]);
  });
});

describe("a draft", () => {
  const withDraft = async () => {
    const id = await made();
    const draft = take(await bed.page.setSecret({ storeId: id, provider: "toy", field: "password" }, "typed"));
    take(await bed.page.write(id, contentOf(draft, { username: "half-typ" })));
    return id;
  };

  it("is in the way of a messaging part that changes something, unless it may be thrown away", async () => {
    const id = await withDraft();
    const document = { messaging: { provider: "toy", values: { username: "mine" } } };
    const seal = vi.spyOn(bed.store.vault, "seal");
    expect(await apply(id, document, { "messaging.password": "given" })).toEqual(fail({ kind: "unsaved-work" }));
    expect(seal).not.toHaveBeenCalled();
    expect(bed.store.drafts.get(id)?.forms["toy"]?.configuration.values).toMatchObject({ username: "half-typ" });
    expect(take(await apply(id, document, {}, true)).revision).toBe(2);
    expect(bed.store.drafts.get(id)).toBeNull();
    expect(read(id).document.messaging?.values).toMatchObject({ username: "mine" });
  });

  it("is in the way as well when another process begins it while the document is saved", async () => {
    const id = await made();
    const { identityStores } = bed.store;
    const save = identityStores.save.bind(identityStores);
    vi.spyOn(identityStores, "save").mockImplementationOnce(async (...input) => {
      take(await bed.page.write(id, { values: { username: "half-typ" } }));
      return save(...input);
    });
    expect(await apply(id, { messaging: { provider: "toy", values: { username: "mine" } } })).toEqual(fail({ kind: "unsaved-work" }));
    expect(bed.store.drafts.get(id)?.forms["toy"]?.configuration.values).toMatchObject({ username: "half-typ" });
  });

  it("stays where the document leaves the messaging part alone", async () => {
    const id = await withDraft();
    take(await apply(id, { name: "HQ", messaging: toy }, {}, true));
    expect(bed.store.drafts.get(id)?.forms["toy"]?.configuration.values).toMatchObject({ username: "half-typ" });
  });
});

describe("a save", () => {
  it("goes over nothing that was saved while the document was read", async () => {
    const id = await made();
    const { identityStores } = bed.store;
    const save = identityStores.save.bind(identityStores);
    vi.spyOn(identityStores, "save").mockImplementationOnce(async (...input) => {
      take(await bed.services.stores.rename(id, "Meanwhile"));
      return save(...input);
    });
    expect(await apply(id, { messaging: { provider: "toy", values: { username: "mine" } } })).toMatchObject({ ok: false, fault: { kind: "conflict", revision: 2 } });
    expect(read(id).document).toMatchObject({ name: "Meanwhile", messaging: { values: { username: "svc" } } });
  });

  it("does not happen without the secret that it came with", async () => {
    const id = await made();
    vi.spyOn(bed.store.vault, "seal").mockResolvedValue(fail({ kind: "not-stored", why: "no-protection" }));
    expect(await apply(id, { name: "HQ" }, { "directory.password": "new" })).toEqual(fail({ kind: "not-stored", why: "no-protection" }));
    expect(await apply(id, { name: "HQ", messaging: { provider: "toy" } }, { "messaging.password": "new" })).toEqual(fail({ kind: "not-stored", why: "no-protection" }));
    expect(read(id)).toMatchObject({ revision: 1, document: { secrets: { "messaging.password": "set" } } });
  });
});

describe("what is refused", () => {
  const twice = { name: "exa.contoso.lab", priority: 1 };
  it.each<[what: string, document: object, told: readonly string[], secrets?: Record<string, string>]>([
    ["an entry that is none, at every depth", { nam: "x", connection: { ...connection, port: 1, trust: { mode: "system", pem: "x" } }, messaging: { ...toy, server: [], servers: [{ ...twice, x: 1 }] } },
      ["connection/trust/pem unknown-entry", "connection/port unknown-entry", "messaging/servers/0/x unknown-entry", "messaging/server unknown-entry", "nam unknown-entry"]],
    ["a name that JavaScript keeps to itself", JSON.parse('{"messaging":{"provider":"toy","values":{"__proto__":"x"}}}'), ["messaging/values/__proto__ unknown-entry"]],
    ["a misspelt word", { connection: { ...connection, security: "ldap" } }, ["connection/security not-one-of"]],
    ["another kind of value", { name: 7, messaging: { provider: "toy", values: { username: ["x"] } } }, ["name wrong-kind", "messaging/values/username wrong-kind"]],
    ["a part that is missing", { connection: { kind: "active-directory" }, messaging: {} },
      ["connection/domain missing", "connection/domainControllers missing", "connection/dnsServer missing", "connection/username missing", "connection/security missing", "connection/trust missing", "messaging/provider missing"]],
    ["another kind of directory", { connection: { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" } }, ["connection/kind kind-is-fixed"]],
    ["hosts that are none", { connection: { ...connection, domain: "contoso", domainControllers: ["dc 1"] } }, ["connection/domain host-single-label", "connection/domainControllers/0 host-blank"]],
    ["an authority that is none", { connection: { ...connection, trust: { mode: "authority-file", name: "a.pem", pem: "nothing" } } }, ["connection/trust/pem not-a-pem-certificate"]],
    ["characters that nobody sees", { name: "Contoso\u00A0HQ", messaging: { ...toy, values: { username: "sv\u200Bc" } } }, ["name invisible-character", "messaging/values/username invisible-character"]],
    ["a single backslash", { messaging: { ...toy, values: { username: "CONTOSO\nadmin" } } }, ["messaging/values/username backslash-once"]],
    ["a single backslash in a host", { connection: { ...connection, domainControllers: ["contoso\\\tdc1"] } }, ["connection/domainControllers/0 backslash-once"]],
    ["a provider that is none", { messaging: { provider: "lotus" } }, ["messaging/provider not-one-of"]],
    ["a version that is none", { messaging: { ...toy, variant: "2010" } }, ["messaging/variant not-one-of"]],
    ["a value for a field that is none", { messaging: { ...toy, values: { usrname: "svc" } } }, ["messaging/values/usrname not-a-name"]],
    ["a secret among the values", { messaging: { ...toy, values: { password: "PLANTED" } } }, ["messaging/values/password secret-among-values"]],
    ["a certificate among the values", { messaging: { ...toy, values: { file: "a.pfx" } } }, ["messaging/values/file certificate-among-values"]],
    ["a certificate for a field that is none", { messaging: { ...toy, certificates: { cert: "a.pfx" } } }, ["messaging/certificates/cert not-a-name"]],
    ["a certificate that is neither text nor entries", { messaging: { ...toy, certificates: { file: 5 } } }, ["messaging/certificates/file wrong-kind"]],
    ["a certificate's file left out", { messaging: { ...toy, certificates: { file: { thumbprint: null } } } }, ["messaging/certificates/file/file missing"]],
    ["an entry beside a certificate's file", { messaging: { ...toy, certificates: { file: { file: "set", thumbprint: null, key: 1 } } } }, ["messaging/certificates/file/key unknown-entry"]],
    ["a value that is a list of numbers", { messaging: { ...toy, values: { domain: [1] } } }, ["messaging/values/domain wrong-kind"]],
    ["a certificate of a provider without", { messaging: { provider: "none", certificates: { file: "set" } } }, ["messaging/certificates/file nothing-here"]],
    ["a stored certificate where none is", { messaging: { ...toy, certificates: { file: "set" } } }, ["messaging/certificates/file nothing-stored"]],
    ["a file that was not sent", { messaging: { ...toy, certificates: { file: "a.pfx" } } }, ["messaging/certificates/file file-missing"]],
    ["a secret in the document", { secrets: { "messaging.password": "PLANTED" } }, ["secrets/messaging.password secret-in-document"]],
    ["a secret that is said to be set and is not", { messaging: toy, secrets: { "messaging.filePassword": "set" } }, ["secrets/messaging.filePassword secret-missing"]],
    ["a secret that is none", { messaging: toy, secrets: { "messaging.pasword": "set" } }, ["secrets/messaging.nobody not-a-name", "secrets/messaging.pasword not-a-name"], { "messaging.nobody": "PLANTED" }],
    ["a provider's secret without a messaging part", {}, ["secrets/messaging.password secret-without-messaging"], { "messaging.password": "PLANTED" }],
    ["a required secret that is cleared", { messaging: toy }, ["secrets/messaging.password secret-missing"], { "messaging.password": "" }],
    ["a secret that was broken on its way", { messaging: toy }, ["secrets/messaging.password broken-character"], { "messaging.password": "PLANTED\uFFFD" }],
    ["a secret with a line end", {}, ["secrets/directory.password backslash-once"], { "directory.password": "PLANTED\n" }],
    ["a stored password for another domain", { connection: { ...connection, domain: "fabrikam.example" }, messaging: { ...toy, values: { domain: "fabrikam.example" } } }, ["secrets/directory.password enter-again-target", "secrets/messaging.password enter-again-target"]],
    ["servers and priorities that come twice", { messaging: { ...toy, servers: [twice, { ...twice, name: "EXA.contoso.lab." }] } }, ["messaging/servers/1/name server-twice", "messaging/servers/1/priority priority-twice"]],
    ["a gap between priorities", { messaging: { ...toy, servers: [twice, { name: "exb.contoso.lab", priority: 3 }] } }, ["messaging/servers/1/priority priority-gap"]],
    ["a server that is none", { messaging: { ...toy, servers: [twice, twice, { name: "ex 1", priority: null }] } }, ["messaging/servers/2/name host-blank", "messaging/servers/1/name server-twice", "messaging/servers/1/priority priority-twice"]],
    ["servers of a provider without", { messaging: { provider: "none", servers: [twice] } }, ["messaging/servers servers-unwanted"]],
    ["an expression that .NET does not take", { messaging: { provider: "other", values: { domain: "gmail.com", aliasPattern: "^(a" } } }, ["messaging/values/aliasPattern pattern-refused"]],
    ["a backspace in an expression", { messaging: { provider: "other", values: { domain: "gmail.com", aliasPattern: "\banna" } } }, ["messaging/values/aliasPattern backslash-once"]],
    ["a number beyond its range", { messaging: { provider: "other", values: { domain: "gmail.com", maximumAliasLength: 0 } } }, ["messaging/values/maximumAliasLength range"]],
  ])("%s", async (_what, document, told, secrets = {}) => {
    const id = await made();
    const before = read(id);
    const result = await apply(id, document, secrets);
    expect(codes(result)).toEqual(told);
    expect(JSON.stringify(result)).not.toContain("PLANTED");
    expect(read(id)).toEqual(before);
    expect(take(await bed.services.stores.revisions(id)).revisions).toHaveLength(1);
  });

  it("names the provider", async () => {
    const id = await made();
    expect(refusal(await apply(id, { messaging: { ...toy, variant: "2010" } }))).toEqual([{ path: ["messaging", "variant"], code: "not-one-of", facts: { values: "2013, 2016" }, provider: "toy" }]);
  });

  it("of a new store leaves no store, and a taken name is one", async () => {
    expect(codes(await create({ name: "HQ", connection, messaging: toy }, {}))).toEqual(["secrets/messaging.password secret-missing"]);
    expect(bed.store.identityStores.list()).toEqual([]);
    await made();
    expect(codes(await create({ name: "contoso hq", connection }, directory))).toEqual(["name name-taken"]);
  });
});

describe("a connection alone", () => {
  const elsewhere = { ...connection, domainControllers: ["dc.other.example"], security: "none" as const };

  it("does not take the messaging provider's stored secrets along to where it leads", async () => {
    const id = await made();
    const place = () => bed.store.identityStores.get(id)?.document.messaging?.secrets["password"]?.place;
    const before = place();
    expect(before).toMatchObject({ directory: { security: connection.security } });
    expect(take(await apply(id, { connection: elsewhere }, directory)).changed).toBe(true);
    expect(place()).toEqual(before);
    const asked: Result<string | null>[] = [];
    bed.toy.list = async ({ secrets }) => {
      asked.push(await secrets.text("password"));
      return fail({ kind: "cancelled" });
    };
    await bed.services.relistSaved(id, false, quietly());
    expect(asked).toEqual([fail({ kind: "unreadable", what: "secret-elsewhere" })]);
  });

  it("refuses a form that names itself again and would send a stored secret there", async () => {
    const id = await made();
    expect(codes(await apply(id, { connection: elsewhere, messaging: { provider: "toy" } }, directory))).toEqual(["secrets/messaging.password enter-again-controllers"]);
  });
});
