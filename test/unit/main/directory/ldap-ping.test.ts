import { afterEach, describe, expect, test } from "vitest";
import { ldapPing, readPong } from "../../../../main/directory/ldap-ping.ts";
import { encodePong, openPingListener } from "../../../../main/practice/directory/ping.ts";
import { openListener, type Listener } from "../../../../main/practice/loopback.ts";

const facts = { host: "dc1.contoso.lab", domain: "contoso.lab", netbios: "CONTOSO", site: "Branch-Office", clientSite: "Default-First-Site-Name" };
const pong = encodePong(facts);

describe("the answer to an LDAP ping", () => {
  test("names both sites", () => {
    expect(readPong(pong)).toEqual({ controllerSite: "Branch-Office", clientSite: "Default-First-Site-Name" });
  });

  test("a computer in no subnet of the directory has no site", () => {
    expect(readPong(encodePong({ ...facts, clientSite: "" }))).toMatchObject({ clientSite: null });
  });

  test("every shortened or altered answer is refused or read, never a hang", () => {
    const read = (bytes: Buffer) => {
      try {
        return readPong(bytes);
      } catch (error) {
        return error;
      }
    };
    for (let length = 0; length < pong.length - 8; length += 1) read(pong.subarray(0, length));
    for (let index = 0; index < pong.length; index += 1) {
      for (const byte of [0x00, 0x3f, 0xc0, 0xff]) {
        const altered = Buffer.from(pong);
        altered[index] = byte;
        read(altered);
      }
    }
    expect(read(Buffer.alloc(0))).toBeInstanceOf(Error);
    expect(read(pong.subarray(0, 60))).toBeInstanceOf(Error);
    expect(read(Buffer.concat([pong.subarray(0, 24), Buffer.from([0xc0, 24])]))).toBeInstanceOf(Error);
  });
});

describe("asking", () => {
  const open: { close(): Promise<void> }[] = [];
  let beside: Listener;
  const listen = async (clientSite = facts.clientSite) => {
    beside = await openListener(() => undefined);
    open.push(beside, await openPingListener(beside.port, () => ({ ...facts, clientSite })));
    return { address: "127.0.0.1", port: beside.port };
  };
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  test("over UDP, for the domain", async () => {
    expect(await ldapPing("Contoso.lab", await listen(), AbortSignal.timeout(5000))).toEqual({ controllerSite: "Branch-Office", clientSite: "Default-First-Site-Name" });
  });

  test("whoever is silent is waited for until the signal", async () => {
    const target = await listen();
    await expect(ldapPing("other.lab", target, AbortSignal.timeout(50))).rejects.toMatchObject({ code: "ECANCELLED" });
  });
});
