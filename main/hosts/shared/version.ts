declare const __PRODUCT_VERSION__: string | undefined;

/** The product's version, put in by the build; `0.0.0` when run from sources. */
export const productVersion: string = typeof __PRODUCT_VERSION__ === "string" ? __PRODUCT_VERSION__ : "0.0.0";
