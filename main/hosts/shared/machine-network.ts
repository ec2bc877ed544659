import os from "node:os";
import type { MachineNetwork } from "../../ports.ts";

/** Addresses that a machine gives itself when nobody else does: RFC 3927, RFC 4291 2.5.6. */
const LINK_LOCAL = /^(?:169\.254\.|fe[89ab][0-9a-f]:)/i;

/** The interfaces as the system lists them: only those that are up and have a carrier (libuv, `uv_interface_addresses`). */
export const machineNetwork: MachineNetwork = {
  interfaces: () =>
    Object.entries(os.networkInterfaces())
      .filter(([, addresses]) => addresses?.some(({ internal, address }) => !internal && !LINK_LOCAL.test(address)) === true)
      .map(([name]) => name),
};
