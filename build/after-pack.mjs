/** Sets the fuse that electron-builder's own list does not know; the others are in electron-builder.yml. */
import path from "node:path";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";

/** The executable of a packed app. @param {import("electron-builder").AfterPackContext} context */
function executable({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === "win32") return path.join(appOutDir, `${name}.exe`);
  if (electronPlatformName === "darwin") return path.join(appOutDir, `${name}.app`);
  return path.join(appOutDir, packager.executableName);
}

/** WebAssembly traps stay hardware-assisted, as in the browser: decided, not left over. @param {import("electron-builder").AfterPackContext} context */
export async function afterPack(context) {
  await flipFuses(executable(context), { version: FuseVersion.V1, [FuseV1Options.WasmTrapHandlers]: true });
}
