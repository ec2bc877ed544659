/** The drawer's view: components, verbs, what they change in the directory and in the names. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { ask, errorCode, EXCHANGE_DN, ldapClient, noSignal, openPractice, SERVERS_FILTER, signedIn, type Practice } from "./support.ts";

let practice: Practice;
beforeAll(async () => {
  practice = await openPractice();
});
afterEach(() => practice.does("reset"));
afterAll(() => practice.stop());

async function servers(): Promise<readonly string[]> {
  const client = await signedIn(practice);
  try {
    const { searchEntries } = await client.search(EXCHANGE_DN, { filter: SERVERS_FILTER, attributes: ["cn"], paged: true });
    return searchEntries.map(({ cn }) => String(cn));
  } finally {
    await client.unbind();
  }
}

async function bindMessage(): Promise<string> {
  const client = await ldapClient(practice);
  try {
    await client.bind("CONTOSO\\svc-mail", PRACTICE_PASSWORD);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.unbind().catch(() => undefined);
  }
}

test("facts are what signs in", () => {
  expect(practice.port.facts()).toMatchObject({ domain: "contoso.lab", username: "CONTOSO\\svc-mail", password: PRACTICE_PASSWORD });
  expect(practice.port.facts().forms.map(({ provider }) => provider)).toContain("exchange");
});

test("every component offers verbs that work on it", async () => {
  for (const { id, verbs } of practice.port.components()) {
    for (const verb of verbs.filter((each) => !["remove", "add", "thousand"].includes(each))) {
      expect([id, verb, await practice.port.run(verb, id, null)]).toEqual([id, verb, { ok: true, value: null }]);
      expect(practice.port.components().find((component) => component.id === id)?.state).toBe(verb);
    }
  }
});

test("a change is announced, and no longer after unsubscribing", async () => {
  let heard = 0;
  const stop = practice.port.onChange(() => {
    heard += 1;
  });
  await practice.does("down", "exb");
  expect(heard).toBe(1);
  stop();
  await practice.does("up", "exb");
  expect(heard).toBe(1);
});

describe("servers", () => {
  test("come with add, in the version asked for, and answer", async () => {
    await practice.does("add", null, "exf 2019");
    expect(await servers()).toContain("EXF");
    expect((await ask(practice, "exf.contoso.lab")).body).toBe("200 OK<br/>EXF.contoso.lab");
    expect(practice.port.components().find(({ id }) => id === "exf")?.detail).toBe("2019");
  });

  test("go with remove: from the directory and from the names", async () => {
    await practice.does("remove", "exb");
    expect(await servers()).not.toContain("EXB");
    const found = await practice.resolver.connectTo("exb.contoso.lab", 443, { server: null, signal: noSignal });
    expect(found).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns", reason: "name-not-found" } });
    await practice.does("reset");
    expect(await servers()).toContain("EXB");
  });

  test.each([
    [null, "exa", "server-exists"],
    [null, "not a name", "exchange-version"],
    [null, "bad_name", "server-name"],
    [null, "directory", "server-name"],
    [null, "", "server-name"],
    [null, "exf 2010", "exchange-version"],
  ])("add %s %s is refused with %s", async (target, argument, code) => {
    expect(await practice.port.run("add", target, argument)).toMatchObject({ ok: false, fault: { kind: "invalid", issues: [{ code }] } });
  });

  test("an unknown target, verb or number of seconds is refused", async () => {
    expect(await practice.port.run("down", "exq", null)).toMatchObject({ ok: false, fault: { kind: "not-found" } });
    expect(await practice.port.run("explode", "exa", null)).toMatchObject({ ok: false, fault: { kind: "unsupported" } });
    expect(await practice.port.run("slow", "exa", "soon")).toMatchObject({ ok: false, fault: { kind: "invalid" } });
  });

  test("verbs at the same moment end in the state of the last", async () => {
    await Promise.all([practice.does("down", "exa"), practice.does("up", "exa"), practice.does("down", "exa"), practice.does("up", "exa")]);
    expect((await ask(practice, "exa.contoso.lab")).status).toBe(200);
  });
});

describe("the directory", () => {
  test.each([
    ["wrong-password", "data 52e"],
    ["locked", "data 775"],
    ["expired-password", "data 532"],
  ])("%s refuses the right password with %s", async (verb, data) => {
    await practice.does(verb, "directory");
    expect(await bindMessage()).toContain(data);
    await practice.does("up", "directory");
    expect(await bindMessage()).toBe("");
  });

  test("down refuses connections on both ports", async () => {
    await practice.does("down", "directory");
    for (const security of ["ldaps", "none"] as const) {
      const client = await ldapClient(practice, security);
      expect(await errorCode(client.bind("x", "y"))).toBe("ECONNREFUSED");
    }
  });

  test.each([
    ["untrusted", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["expired", "CERT_HAS_EXPIRED"],
    ["wrong-name", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("%s fails verification with %s", async (verb, code) => {
    await practice.does(verb, "directory");
    const client = await ldapClient(practice);
    expect(await errorCode(client.bind("x", "y"))).toBe(code);
  });

  test("slow makes each request wait", async () => {
    await practice.does("slow", "directory", "0.3");
    const started = performance.now();
    expect(await bindMessage()).toBe("");
    expect(performance.now() - started).toBeGreaterThan(280);
  });

  test("no-exchange has no Exchange organisation, like the domain without one", async () => {
    await practice.does("no-exchange", "directory");
    await expect(servers()).rejects.toThrow("NO_OBJECT");
    const client = await ldapClient(practice, "ldaps", "dc1.noexchange.lab");
    await client.bind("svc-mail@noexchange.lab", PRACTICE_PASSWORD);
    await expect(client.search("CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=noexchange,DC=lab")).rejects.toThrow("NO_OBJECT");
    await client.unbind();
  });
});
