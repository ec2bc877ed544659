/** Where objects are born first: Active Directory over LDAP, Microsoft Entra over HTTPS. */
export { createDirectoryGateway } from "./gateway.ts";
export { testTenant } from "./entra.ts";
export { openObjects, type ObjectsRequest } from "./objects.ts";
export { findControllers } from "./controllers.ts";
export { presentedCertificate, type PresentedCertificateRequest } from "./presented-certificate.ts";
export type { DirectoryDeps } from "./operation.ts";
