// The input of the vendor's page "Sessions" (TypeScript), word for word, and what it is on the wire.

export const appId = "dSBdXd2H6Mqwfg0atXHXYcysLJE9qyn1VwBtXHX";
export const consumerId = "test-consumer";
export const apiKey = "sk_test_clients";

export const exampleInput = {
  consumerMetadata: {
    accountName: "SpaceX",
    userName: "Elon Musk",
    email: "elon@musk.com",
    image: "https://www.spacex.com/static/images/share.jpg",
  },
  redirectUri: "https://mysaas.com/dashboard",
  settings: {
    unifiedApis: ["crm"],
    sessionLength: "30m",
  },
  theme: {
    favicon: "https://res.cloudinary.com/apideck/icons/intercom",
    logo: "https://res.cloudinary.com/apideck/icons/intercom",
    primaryColor: "#286efa",
    sidepanelBackgroundColor: "#286efa",
    sidepanelTextColor: "#FFFFFF",
    vaultName: "Intercom",
    privacyUrl: "https://compliance.apideck.com/privacy-policy",
    termsUrl: "https://www.termsfeed.com/terms-conditions/957c85c1b089ae9e3219c83eff65377e",
  },
  customConsumerSettings: {
    feature_flag_1: true,
    tax_rates: [
      {
        id: "6",
        label: "6%",
      },
      {
        id: "21",
        label: "21%",
      },
    ],
  },
};

export const exampleBody = {
  consumer_metadata: {
    account_name: "SpaceX",
    user_name: "Elon Musk",
    email: "elon@musk.com",
    image: "https://www.spacex.com/static/images/share.jpg",
  },
  redirect_uri: "https://mysaas.com/dashboard",
  settings: { unified_apis: ["crm"], session_length: "30m" },
  theme: {
    favicon: "https://res.cloudinary.com/apideck/icons/intercom",
    logo: "https://res.cloudinary.com/apideck/icons/intercom",
    primary_color: "#286efa",
    sidepanel_background_color: "#286efa",
    sidepanel_text_color: "#FFFFFF",
    vault_name: "Intercom",
    privacy_url: "https://compliance.apideck.com/privacy-policy",
    terms_url: "https://www.termsfeed.com/terms-conditions/957c85c1b089ae9e3219c83eff65377e",
  },
  custom_consumer_settings: {
    feature_flag_1: true,
    tax_rates: [
      { id: "6", label: "6%" },
      { id: "21", label: "21%" },
    ],
  },
};

// @apideck/unify adds the documented defaults to any `settings` it sends.
export const defaultSettings = {
  hide_resource_settings: false,
  sandbox_mode: false,
  isolation_mode: false,
  session_length: "1h",
  show_logs: true,
  show_suggestions: false,
  show_sidebar: true,
  auto_redirect: false,
  hide_guides: false,
};
