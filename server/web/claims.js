// What a session token says, as the hosted page understands it. Pure: the tests import it.

// Schemes that no browser is sent to: they run what they carry, wrap another scheme, or lead to no page or app.
export const unsafeSchemes = ["javascript", "data", "vbscript", "blob", "file", "about", "view-source", "filesystem", "feed", "jar", "intent", "ws", "wss"];

// The payload of a JWT, or null. The server has judged the signature.
export function readToken(token) {
  try {
    const bytes = Uint8Array.from(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return claims !== null && typeof claims === "object" && !Array.isArray(claims) ? claims : null;
  } catch {
    return null;
  }
}

// A URL that a browser may be sent to: http(s), or an app's own scheme. Anything else: null.
export function safeUrl(text) {
  try {
    const url = new URL(text);
    return unsafeSchemes.includes(url.protocol.slice(0, -1)) ? null : url.href;
  } catch {
    return null;
  }
}

// One at which something can be asked for, as an image on another host: http(s) alone. Anything else: null.
export function webUrl(text) {
  const url = safeUrl(text);
  return url !== null && /^https?:/.test(url) ? url : null;
}

// A safe URL with those query parameters set, or null.
export function urlWith(text, parameters) {
  const safe = safeUrl(text);
  if (safe === null) return null;
  const url = new URL(safe);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

// Where the user goes back to without having connected anything.
export const plainReturnUrl = (claims) => (claims ? safeUrl(object(claims).redirect_uri) : null);

// Where the user returns to once a connection works.
export const returnUrl = (redirectUri, serviceId) => urlWith(redirectUri, { authorizedConnection: serviceId });

const text = (value) => (typeof value === "string" ? value : "");
const object = (value) => (value !== null && typeof value === "object" && !Array.isArray(value) ? value : {});
const texts = (value) => (Array.isArray(value) ? value.filter((item) => typeof item === "string") : null);

// Claims with the documented defaults in place of what is absent.
export function readClaims(claims) {
  const settings = object(claims.settings);
  const theme = object(claims.theme);
  const consumer = object(claims.consumer_metadata);
  const flag = (name, otherwise) => (typeof settings[name] === "boolean" ? settings[name] : otherwise);
  const apis = texts(settings.unified_apis);
  const actions = texts(settings.allow_actions);
  return {
    consumerId: text(claims.consumer_id),
    expiresAt: Number(claims.exp) * 1000,
    redirectUri: safeUrl(claims.redirect_uri) === null ? "" : claims.redirect_uri,
    consumer: {
      account: text(consumer.account_name),
      user: text(consumer.user_name),
      email: text(consumer.email),
      image: webUrl(consumer.image),
    },
    theme: {
      name: text(theme.vault_name),
      logo: webUrl(theme.logo),
      favicon: webUrl(theme.favicon),
      primary: text(theme.primary_color),
      sideBackground: text(theme.sidepanel_background_color),
      sideText: text(theme.sidepanel_text_color),
      privacy: safeUrl(theme.privacy_url),
      terms: safeUrl(theme.terms_url),
    },
    shows: (api) => apis === null || apis.length === 0 || apis.includes(api),
    allows: (action) => actions === null || actions.includes(action),
    hideResourceSettings: flag("hide_resource_settings", false),
    sandbox: flag("sandbox_mode", false),
    isolated: flag("isolation_mode", false),
    logs: flag("show_logs", true),
    suggestions: flag("show_suggestions", false),
    sidebar: flag("show_sidebar", true),
    autoRedirect: flag("auto_redirect", false),
    hideGuides: flag("hide_guides", false),
  };
}

// "59:59", "1 h 02 min", "6 days": what is left of a session.
export function remaining(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (number) => String(number).padStart(2, "0");
  if (seconds >= 172800) return `${Math.floor(seconds / 86400)} days`;
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}
