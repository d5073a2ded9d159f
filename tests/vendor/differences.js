// Where the project differs from the vendor's description on purpose, with the reason.

const never = "the mock never answers it";

// Of the documents, as contract.test.js words them.
export const different = [
  { difference: /'_raw' is not described$/, why: "no operation of Vault takes raw=true, for which alone it comes" },
  { difference: /'(total_count|warnings)' is not described$/, why: never },
  { difference: /^(connectionsOne|connectionSettingsAll|connectionsToken|consumersOne|customMappingsOne|connectionsSchema|connectionsExample) .*'meta' is not described$/, why: `${never}: it is about pages` },
  { difference: /^vaultOAuthDisconnect answer 302: is missing$/, why: "no application has a URL of its own here to redirect to" },
  { difference: /(parameter x-apideck-(consumer|app)-id|^consumersAdd body) stricter .*maxLength 1024 is missing$/, why: "the mock bounds what it repeats in every link and token; the real bound is unknown" },
  { difference: /pattern \^\[0-9\]\{4\}.* is missing$/, why: "the pattern spells out the format date-time, which stands beside it" },
];
