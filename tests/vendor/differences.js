// Where the project differs from the vendor's description on purpose, with the reason.

const pages = "a browser follows these links, and people read what they show: 303 is followed with GET whatever came before, where 301 would be cached";

// Of answers, as answers.test.js words them.
export const accepted = [
  { violation: /^connectionsAuthorize 200: /, why: "the fake provider's page is where the real service redirects to the provider" },
  { violation: /^connections(Callback|Revoke) (200|303): /, why: pages },
  { violation: /^connections(Authorize|Callback|Revoke) 400: text\/html /, why: pages },
  { violation: /^connectionsConfirm 200: /, why: "a connection is authorized in one step" },
];
// The same, before the project's own document.
export const acceptedByOwn = [{ violation: /^connections(Authorize|Callback|Revoke) 4\d\d|^connections(Authorize|Callback|Revoke) 5\d\d/, why: pages }];

const never = "the mock never answers it";
const oauth = /^connections(Authorize|Callback|Revoke|Confirm) /;

// Of the documents, as contract.test.js words them.
export const different = [
  { difference: oauth, why: pages },
  { difference: /'_raw' is not described$/, why: "no operation of Vault takes raw=true, for which alone it comes" },
  { difference: /'(total_count|warnings)' is not described$/, why: never },
  { difference: /^(connectionsOne|connectionSettingsAll|connectionsToken|consumersOne|customMappingsOne|connectionsSchema|connectionsExample) .*'meta' is not described$/, why: `${never}: it is about pages` },
  { difference: /^vaultOAuthDisconnect answer 302: is missing$/, why: "no application has a URL of its own here to redirect to" },
  { difference: /pattern \^\[0-9\]\{4\}.* is missing$/, why: "the pattern spells out the format date-time, which stands beside it" },
];
