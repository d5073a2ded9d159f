// The official Java SDK: every method of vault, in every state of a connection. Each answer is compared with the model
// that the SDK made of it: nothing that it has a name for may get lost, and no value of an enumeration be unknown.

import com.apideck.unify.Apideck;
import com.apideck.unify.Vault;
import com.apideck.unify.models.components.*;
import com.apideck.unify.models.components.One;
import com.apideck.unify.models.components.Two;
import com.apideck.unify.models.errors.*;
import com.apideck.unify.models.operations.*;
import com.apideck.unify.utils.*;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.*;
import java.lang.reflect.*;
import java.net.URI;
import java.net.http.*;
import java.util.*;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openapitools.jackson.nullable.JsonNullable;

public class VaultClient {
  static final String url = System.getenv("VAULT_URL");
  static final ObjectMapper mapper = JSON.getMapper();
  static final Set<String> dropped = new TreeSet<>();
  static byte[] answer; // the last

  // Keeps each answer. It is the SDK's own client otherwise.
  static class Keeping extends SpeakeasyHTTPClient {
    @Override
    public HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException, java.net.URISyntaxException {
      var response = super.send(request);
      answer = response.body().readAllBytes();
      var kept = new ByteArrayInputStream(answer);
      @SuppressWarnings("unchecked")
      var same = (HttpResponse<InputStream>) Proxy.newProxyInstance(VaultClient.class.getClassLoader(), new Class<?>[] {HttpResponse.class},
          (proxy, method, arguments) -> method.getName().equals("body") ? kept : method.invoke(response, arguments));
      return same;
    }
  }

  static Vault vault(String consumer, String app) {
    return Apideck.builder().serverURL(url).apiKey("any-key").appId(app).consumerId(consumer)
        .client(new Keeping()).retryConfig(RetryConfig.noRetries()).build().vault();
  }

  static Vault vault(String consumer) {
    return vault(consumer, "java-app");
  }

  // --- Checks

  interface Body {
    void run() throws Exception;
  }

  static void check(String name, Body body) throws IOException {
    var line = new LinkedHashMap<String, String>();
    line.put("name", name);
    try {
      body.run();
    } catch (Exception | AssertionError error) {
      var trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      line.put("why", trace.toString());
    }
    System.out.println(new ObjectMapper().writeValueAsString(line));
  }

  static void equal(Object got, Object expected, String what) {
    if (!Objects.equals(got, expected)) throw new AssertionError(what + ": expected " + expected + ", got " + got);
  }

  static <E extends Exception> E raises(Class<E> kind, Callable<?> call) throws Exception {
    try {
      call.call();
    } catch (Exception error) {
      if (error.getClass() == kind) return kind.cast(error);
      throw error;
    }
    throw new AssertionError("expected " + kind.getSimpleName());
  }

  static void lost(JsonNode raw, JsonNode kept, String place) {
    if (raw.isObject()) {
      raw.fields().forEachRemaining(member -> {
        var value = kept.get(member.getKey());
        // Of an optional member that is null, it makes one that is absent.
        if (value != null) lost(member.getValue(), value, place + "/" + member.getKey());
        else if (!member.getValue().isNull()) dropped.add(member.getKey());
      });
    } else if (raw.isArray()) {
      equal(kept.size(), raw.size(), place);
      for (int i = 0; i < raw.size(); i++) lost(raw.get(i), kept.get(i), place + "/" + i);
    } else if (raw.isNumber()) equal(kept.asDouble(), raw.asDouble(), place);
    else equal(kept, raw, place);
  }

  static void known(Object value, String place) throws Exception {
    if (value instanceof Optional<?> optional) value = optional.orElse(null);
    if (value instanceof JsonNullable<?> nullable) value = nullable.isPresent() ? nullable.get() : null;
    if (value instanceof Collection<?> all) for (var each : all) known(each, place);
    if (value == null || !value.getClass().getName().startsWith("com.apideck.unify.models.components.")) return;
    for (var method : value.getClass().getMethods())
      if (method.getName().equals("isKnown") && !(boolean) method.invoke(value)) throw new AssertionError(place + " is unknown: " + value);
    for (var field : value.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) continue;
      field.setAccessible(true);
      known(field.get(value), place + "/" + field.getName());
    }
  }

  // → the data of a result
  static JsonNode data(Object result) throws Exception {
    for (var method : result.getClass().getMethods()) {
      if (!method.getName().endsWith("Response") || method.getReturnType() != Optional.class) continue;
      var model = ((Optional<?>) method.invoke(result)).orElse(null);
      if (model == null) continue;
      var kept = mapper.valueToTree(model);
      lost(mapper.readTree(answer), kept, "");
      known(model, "");
      return kept.get("data");
    }
    throw new AssertionError("there is no answer in " + result);
  }

  // --- Calls

  static void send(String method, String path, String body, String consumer) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url + path)).method(method, HttpRequest.BodyPublishers.ofString(body))
        .header("authorization", "Bearer any-key").header("x-apideck-app-id", "java-app").header("x-apideck-consumer-id", consumer)
        .header("content-type", "application/json");
    equal(HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode() / 100, 2, path);
  }

  // What the provider does after the user said yes or no: it sends the browser to the callback.
  static void comeBack(String authorizeUrl, String more) throws Exception {
    var state = authorizeUrl.replaceFirst(".*[?&]state=([^&]*).*", "$1");
    var callback = URI.create(url + "/vault/callback?state=" + state + "&code=a-code" + more);
    HttpClient.newHttpClient().send(HttpRequest.newBuilder(callback).build(), HttpResponse.BodyHandlers.ofString());
  }

  record Place(String unifiedApi, String serviceId, String resource) {}

  static JsonNode get(Vault vault, Place place) throws Exception {
    return data(vault.connections().get().unifiedApi(place.unifiedApi).serviceId(place.serviceId).call());
  }

  static JsonNode update(Vault vault, Place place, ConnectionInput.Builder change) throws Exception {
    var request = VaultConnectionsUpdateRequest.builder().unifiedApi(place.unifiedApi).serviceId(place.serviceId).connection(change.build());
    return data(vault.connections().update().request(request.build()).call());
  }

  static JsonNode settings(Vault vault, Place place) throws Exception {
    var request = VaultConnectionSettingsAllRequest.builder().unifiedApi(place.unifiedApi).serviceId(place.serviceId).resource(place.resource);
    return data(vault.connectionSettings().list().request(request.build()).call());
  }

  static JsonNode mappings(Vault vault, Place place) throws Exception {
    return data(vault.customMappings().list().unifiedApi(place.unifiedApi).serviceId(place.serviceId).call());
  }

  // Everything that can be read about a connection.
  static JsonNode read(Vault vault, Place place) throws Exception {
    settings(vault, place);
    mappings(vault, place);
    data(vault.connections().list().call());
    data(vault.customFields().list().request(VaultCustomFieldsAllRequest.builder()
        .unifiedApi(place.unifiedApi).serviceId(place.serviceId).resource(place.resource).build()).call());
    data(vault.connectionCustomMappings().list().request(VaultConnectionCustomMappingsAllRequest.builder()
        .unifiedApi(place.unifiedApi).serviceId(place.serviceId).resource(place.resource).build()).call());
    data(vault.connectionConsents().list().unifiedApi(place.unifiedApi).serviceId(place.serviceId).call());
    data(vault.validateConnection().state().request(VaultValidateConnectionStateRequest.builder()
        .unifiedApi(place.unifiedApi).serviceId(place.serviceId).build()).call());
    return get(vault, place);
  }

  static String valueOf(JsonNode field) {
    var first = field.path("options").path(0);
    return first.path("options").path(0).path("value").asText(first.path("value").asText("a value"));
  }

  static void states(Place place) throws Exception {
    var vault = vault("states of " + place.serviceId);
    equal(read(vault, place).get("state").asText(), "available", "before");
    update(vault, place, ConnectionInput.builder().enabled(true));
    var added = read(vault, place);
    var grant = added.path("oauth_grant_type").asText();
    if (grant.equals("authorization_code")) {
      comeBack(added.get("authorize_url").asText(), "&error=server_error");
      equal(read(vault, place).get("state").asText(), "invalid", "after a failure at the provider");
      comeBack(added.get("authorize_url").asText(), "");
    }
    var settings = new HashMap<String, Object>();
    for (var field : added.get("form_fields"))
      settings.put(field.get("id").asText(), field.get("type").asText().equals("checkbox") ? true : valueOf(field));
    update(vault, place, ConnectionInput.builder().settings(settings));
    if (grant.equals("client_credentials"))
      data(vault.connections().token().request(VaultConnectionsTokenRequest.builder().unifiedApi(place.unifiedApi).serviceId(place.serviceId).build()).call());
    equal(read(vault, place).get("state").asText(), "callable", "set up");
    var defaults = new ArrayList<ConnectionDefaults>();
    for (var field : settings(vault, place).get("form_fields"))
      defaults.add(ConnectionDefaults.builder().id(field.get("id").asText()).value(ConnectionValue.of(valueOf(field))).build());
    var configuration = List.of(ConnectionConfiguration.builder().resource(place.resource).defaults(defaults).build());
    data(vault.connectionSettings().update().request(VaultConnectionSettingsUpdateRequest.builder().unifiedApi(place.unifiedApi)
        .serviceId(place.serviceId).resource(place.resource).connection(ConnectionInput.builder().configuration(configuration).build()).build()).call());
    read(vault, place);
    equal(update(vault, place, ConnectionInput.builder().enabled(false)).get("enabled").asBoolean(), false, "disabled");
    read(vault, place);
    vault.connections().delete().unifiedApi(place.unifiedApi).serviceId(place.serviceId).call();
    equal(read(vault, place).get("state").asText(), "available", "deleted");
  }

  static <E extends ApideckError> void error(int code, Class<E> kind) throws IOException {
    check("the error " + code + " as " + kind.getSimpleName() + ", of sessions, connections and logs", () -> {
      var vault = vault("error-" + code);
      var logs = VaultLogsAllRequest.builder().build();
      for (Callable<?> call : List.<Callable<?>>of(() -> vault.sessions().create().call(), () -> vault.connections().list().call(), () -> vault.logs().list(logs))) {
        var error = raises(kind, call);
        equal(error.code(), code, "code");
        for (var method : kind.getMethods())
          if (method.getName().equals("deserializationException")) equal(method.invoke(error), Optional.empty(), "its body");
      }
    });
  }

  public static void main(String[] arguments) throws Exception {
    check("a session", () -> {
      var session = Session.builder().redirectUri("https://app.example/done").settings(Settings.builder().unifiedApis(List.of(UnifiedApiId.CRM)).build());
      var made = data(vault("session").sessions().create().session(session.build()).call());
      equal(made.get("session_uri").asText(), url + "/session/" + made.get("session_token").asText(), "its link");
    });
    error(400, BadRequestResponse.class);
    error(401, UnauthorizedResponse.class);
    error(402, PaymentRequiredResponse.class);
    error(404, NotFoundResponse.class);
    error(422, UnprocessableResponse.class);
    for (int code : new int[] {429, 500, 503}) error(code, APIException.class);
    check("the list of connections", () -> {
      equal(data(vault("list").connections().list().call()).size() >= 20, true, "20 and more");
      equal(data(vault("list").connections().list().configured(true).call()).size(), 0, "configured");
    });
    for (var place : List.of(new Place("crm", "hubspot", "contacts"), new Place("crm", "zoho-crm", "leads"), new Place("hris", "personio", "employees"),
        new Place("crm", "pipedrive", "leads"), new Place("hris", "bamboohr", "employees"), new Place("accounting", "netsuite", "invoices"), new Place("lead", "webhook-leads", "leads")))
      check(place.unifiedApi + "/" + place.serviceId + " in every state", () -> states(place));
    check("custom mappings are there, with their values", () -> {
      var place = new Place("crm", "hubspot", "contacts");
      var vault = vault("mappings");
      update(vault, place, ConnectionInput.builder().enabled(true));
      send("POST", "/vault/custom-mappings/crm/hubspot/" + mappings(vault, place).get(0).get("id").asText(), "{\"value\": \"$.a\"}", "mappings");
      equal(mappings(vault, place).get(0).get("value").asText(), "$.a", "the first");
    });
    check("imports, consents and states for a callback", () -> {
      var place = new Place("crm", "salesforce", "contacts");
      var vault = vault("moves");
      var credentials = Credentials.builder().accessToken("a").refreshToken("r").expiresIn(3600).build();
      var imported = VaultConnectionsImportRequest.builder().unifiedApi("crm").serviceId("salesforce")
          .connectionImportData(ConnectionImportData.builder().credentials(credentials).build());
      equal(data(vault.connections().imports(imported.build())).get("state").asText(), "callable", "imported");
      var read = UpdateConsentRequestResources.of(Map.of("contacts", Map.of("name", One.builder().read(true).write(false).build())));
      for (var resources : List.of(read, UpdateConsentRequestResources.of(Two.WILDCARD))) {
        var consent = UpdateConsentRequest.builder().granted(false).resources(resources).build();
        data(vault.connectionConsent().update(VaultConnectionConsentUpdateRequest.builder().unifiedApi("crm").serviceId("salesforce").updateConsentRequest(consent).build()));
        equal(read(vault, place).get("consent_state").asText(), "denied", "consent");
      }
      var back = CreateCallbackState.builder().redirectUri("https://app.example/done").build();
      data(vault.createCallback().state(VaultCreateCallbackStateRequest.builder().unifiedApi("crm").serviceId("salesforce").createCallbackState(back).build()));
      data(vault("moves").consumerRequestCounts().list("moves", "2020-01-01T00:00:00.000Z", "2040-01-01T00:00:00.000Z"));
    });
    check("consumers, in pages", () -> {
      var consumers = vault("ada", "java-consumers").consumers();
      for (var name : List.of("ada", "ben", "cleo")) data(consumers.create(CreateConsumerRequest.builder().consumerId(name).build()));
      var named = UpdateConsumerRequest.builder().metadata(ConsumerMetadata.builder().userName("Ada").build()).build();
      equal(data(consumers.update("ada", named)).get("metadata").get("user_name").asText(), "Ada", "the name");
      update(vault("ada", "java-consumers"), new Place("crm", "pipedrive", "leads"), ConnectionInput.builder().settings(Map.of("api_key", "k")));
      equal(data(consumers.get("ada")).get("connections").size(), 1, "connections");
      var found = new TreeSet<String>();
      for (var page : consumers.list().limit(1).callAsIterable()) data(page).forEach(each -> found.add(each.get("consumer_id").asText()));
      equal(found, Set.of("ada", "ben", "cleo"), "consumers");
      equal(data(consumers.delete("ada")).get("consumer_id").asText(), "ada", "deleted");
      raises(NotFoundResponse.class, () -> consumers.get("ada"));
    });
    check("logs come in pages, and are filtered", () -> {
      var vault = vault("logs", "java-logs");
      for (int i = 0; i < 5; i++) get(vault, new Place("crm", "hubspot", ""));
      raises(NotFoundResponse.class, () -> get(vault, new Place("crm", "nobody", "")));
      var ids = new TreeSet<String>();
      for (var page : vault.logs().list().request(VaultLogsAllRequest.builder().limit(2).build()).callAsIterable())
        data(page).forEach(each -> ids.add(each.get("id").asText()));
      equal(ids.size(), 6, "logs, each once");
      var failed = VaultLogsAllRequest.builder().filter(LogsFilter.builder().statusCode(404).build()).build();
      equal(data(vault.logs().list(failed)).size(), 1, "failed");
    });
    check("all that is left out of these answers is what the SDK has no name for", () -> equal(dropped, Set.of("resource", "value"), "members"));
  }
}
