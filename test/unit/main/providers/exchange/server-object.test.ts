import { describe, expect, test } from "vitest";
import { firstName, readServer } from "../../../../../main/providers/exchange/server-object.ts";

const exb = {
  dn: "CN=EXB,CN=Servers,DC=contoso,DC=lab",
  attributes: {
    cn: ["EXB"],
    networkaddress: ["netbios:EXB", "ncacn_np:EXB", "ncacn_ip_tcp:EXB.Contoso.lab", "ncalrpc:EXB"],
    serialnumber: ["Version 15.0 (Build 31497.2)"],
    versionnumber: ["1941997017"],
    msexchcurrentserverroles: ["54"],
    msexchserversite: ["CN=Main\\, North,CN=Sites,CN=Configuration,DC=contoso,DC=lab"],
  },
};

describe("a server's object", () => {
  test("name, version, build, roles, site", () => {
    expect(readServer(exb, "contoso.lab")).toEqual({
      server: {
        name: "exb.contoso.lab",
        version: "2013",
        build: "15.0.1497.2",
        roles: ["mailbox"],
        site: "Main, North",
      },
      variant: "2013",
      conflict: false,
      edge: false,
    });
  });

  test.each([
    ["15.0", "54", ["mailbox"], false],
    ["15.0", "16385", ["client-access"], false],
    ["15.1", "16439", ["mailbox", "client-access"], false],
    ["15.2", "4118", ["mailbox"], false],
    ["15.0", "4", [], false],
    ["15.0", "64", [], true],
    ["14.3", "54", ["mailbox", "client-access", "unified-messaging", "hub-transport"], false],
    ["14.3", "36", ["client-access", "hub-transport"], false],
    ["8.3", "4", ["client-access"], false],
  ])("roles of %s, %s, are read bit by bit", (version, bits, roles, edge) => {
    const attributes = { ...exb.attributes, serialnumber: [`Version ${version} (Build 30100.1)`], msexchcurrentserverroles: [bits] };
    const read = readServer({ ...exb, attributes }, "contoso.lab");
    expect([read?.server.roles, read?.edge]).toEqual([roles, edge]);
  });

  test("without a serial number the packed version serves", () => {
    const { serialnumber: _serialNumber, ...rest } = exb.attributes;
    expect(readServer({ ...exb, attributes: rest }, "contoso.lab")).toMatchObject({ server: { build: "15.0.1497" }, variant: "2013" });
  });

  test.each([
    ["Version 14.3 (Build 30123.4)", "2010"],
    ["Version 8.3 (Build 30083.6)", "2007"],
    ["Version 6.5 (Build 7638.2: Service Pack 2)", "2003"],
    ["Version 6.0 (Build 6249.4: Service Pack 3)", "2000"],
    ["Version 15.3 (Build 30001.1)", "15.3"],
  ])("a release that is not offered, %s, has its year", (serialnumber, version) => {
    const read = readServer({ ...exb, attributes: { ...exb.attributes, serialnumber: [serialnumber] } }, "contoso.lab");
    expect(read).toMatchObject({ server: { version }, variant: null });
  });

  test("a conflict object is one, and has the real one's name", () => {
    const name = "EX1\nCNF:7d6b4e2a-1c7e-4a61-9a57-5c1a3f0f9f1e";
    const dn = `CN=${name.replace("\n", "\\0A")},CN=Servers,DC=contoso,DC=lab`;
    expect(readServer({ dn, attributes: { cn: [name] } }, "contoso.lab")).toMatchObject({ server: { name: "ex1.contoso.lab" }, conflict: true });
    expect(readServer({ dn: "CN=CNF:EX1,CN=Servers", attributes: { networkaddress: ["ncacn_ip_tcp:ex1.contoso.lab"] } }, "contoso.lab")).toMatchObject({ conflict: false });
  });

  test.each([
    [["ncacn_ip_tcp:exb", "NCACN_IP_TCP:exb.branch.contoso.lab"], "exb.branch.contoso.lab"],
    [["ncacn_ip_tcp:EXB"], "exb.contoso.lab"],
    [["netbios:EXB"], "exb.contoso.lab"],
    [[], "exb.contoso.lab"],
  ])("the name out of %j", (networkaddress, name) => {
    expect(readServer({ ...exb, attributes: { ...exb.attributes, networkaddress } }, "contoso.lab")?.server.name).toBe(name);
  });

  test("an object with nothing in it", () => {
    expect(readServer({ dn: "CN=NEW,CN=Servers", attributes: {} }, "contoso.lab")).toEqual({
      server: { name: "new.contoso.lab", version: null, build: null, roles: [], site: null },
      variant: null,
      conflict: false,
      edge: false,
    });
  });

  test.each([
    ["CN=Plain,DC=lab", "Plain"],
    ["CN=a\\,b\\+c,DC=lab", "a,b+c"],
    ["CN=M\\C3\\BCnchen,DC=lab", "München"],
    ["OU=x", "x"],
  ])("the first name of %s", (dn, name) => {
    expect(firstName(dn)).toBe(name);
  });
});
