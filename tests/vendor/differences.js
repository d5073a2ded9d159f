// Where the project differs from the vendor's description on purpose, with the reason.

// Of answers.
export const accepted = [
  { violation: /^connectionsAuthorize 200: /, why: "the provider's page of the mock is where the real service redirects to the provider" },
  { violation: /^connections(Callback|Revoke) 303: /, why: "303 is what makes a browser follow with GET whatever came before; 301 would be cached" },
];

// Of the documents, as contract.test.js words them.
export const different = [
  { difference: /'_raw' is not described$/, why: "no operation of Vault takes raw=true, for which alone it comes" },
];
