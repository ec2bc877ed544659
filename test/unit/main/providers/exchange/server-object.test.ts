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
        version: "Exchange 2013",
        build: "15.0.1497.2",
        roles: ["Mailbox", "Client Access", "Unified Messaging", "Hub Transport"],
        site: "Main, North",
      },
      variant: "2013",
      edge: false,
    });
  });

  test.each([
    ["54", ["Mailbox", "Client Access", "Unified Messaging", "Hub Transport"], false],
    ["16385", [], false],
    ["16439", ["Mailbox", "Client Access", "Unified Messaging", "Hub Transport"], false],
    ["4", ["Client Access"], false],
    ["64", [], true],
  ])("roles %s are read bit by bit", (bits, roles, edge) => {
    const read = readServer({ ...exb, attributes: { ...exb.attributes, msexchcurrentserverroles: [bits] } }, "contoso.lab");
    expect([read.server.roles, read.edge]).toEqual([roles, edge]);
  });

  test("without a serial number the packed version serves", () => {
    const { serialnumber: _serialNumber, ...rest } = exb.attributes;
    expect(readServer({ ...exb, attributes: rest }, "contoso.lab")).toMatchObject({ server: { build: "15.0.1497" }, variant: "2013" });
  });

  test("a release that is not offered keeps its number", () => {
    const read = readServer({ ...exb, attributes: { ...exb.attributes, serialnumber: ["Version 14.3 (Build 30123.4)"] } }, "contoso.lab");
    expect(read).toMatchObject({ server: { version: "Exchange 14.3" }, variant: null });
  });

  test.each([
    [["ncacn_ip_tcp:exb", "NCACN_IP_TCP:exb.branch.contoso.lab"], "exb.branch.contoso.lab"],
    [["ncacn_ip_tcp:EXB"], "exb.contoso.lab"],
    [["netbios:EXB"], "exb.contoso.lab"],
    [[], "exb.contoso.lab"],
  ])("the name out of %j", (networkaddress, name) => {
    expect(readServer({ ...exb, attributes: { ...exb.attributes, networkaddress } }, "contoso.lab").server.name).toBe(name);
  });

  test("an object with nothing in it", () => {
    expect(readServer({ dn: "CN=NEW,CN=Servers", attributes: {} }, "contoso.lab")).toEqual({
      server: { name: "new.contoso.lab", version: null, build: null, roles: [], site: null },
      variant: null,
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
